-- Every set of settings a hall has had or is to have, with the moment it takes effect.

create table nuanhao.site_version (
  id           bigint  generated always as identity primary key,
  site_id      text    not null references nuanhao.site,
  revision     integer,                    -- the site's, from when it is in force
  settings     jsonb   not null,
  accounts     jsonb   not null,
  effective_at bigint  not null,
  applied_at   bigint  not null,
  applied_by   text    not null,
  in_force_at  bigint,
  withdrawn_at bigint,
  reverts_to   integer,                    -- the revision whose settings these are again
  held_up      text,                       -- why it could not take effect yet
  unique (site_id, revision),
  check ((revision is null) = (in_force_at is null))
);
create index site_version_due on nuanhao.site_version (effective_at) where revision is null and withdrawn_at is null;

-- A counter that is gone stays for history.
alter table nuanhao.counter add column retired boolean not null default false;

alter table nuanhao.account
  add column active  boolean not null default true,   -- may sign in
  add column managed boolean not null default true,   -- by the hall's file; whoever set the program up is not, until it names them
  alter column site_id drop not null,                 -- an administrator before there is a hall
  add check (site_id is not null or role = 'administrator');

-- What was done before there was a hall.
alter table nuanhao.audit alter column site_id drop not null;

-- The code by which the first administrator is made: its SHA-256, hex.
create table nuanhao.setup_code (
  code_hash text   primary key,
  made_at   bigint not null
);

-- Halls that were set up before there were versions.
insert into nuanhao.site_version (site_id, revision, settings, accounts, effective_at, applied_at, applied_by, in_force_at)
select s.id, s.revision, s.settings, coalesce((select jsonb_agg(jsonb_build_object('username', a.username, 'name', a.name,
         'role', a.role, 'counterId', a.counter_id, 'skills', to_jsonb(a.skills)) order by a.username)
         from nuanhao.account a where a.site_id = s.id), '[]'), s.clock, s.clock, 'migration', s.clock
  from nuanhao.site s;
