-- The audit: rows are added and never changed, each with the hash of the one before it. Every site has a chain of its own,
-- and what concerns no site has one too, named ''.

create table nuanhao.audit_before as select * from nuanhao.audit;
drop table nuanhao.audit;

-- Rows lie in volumes, a new one about every month, so that old ones can go whole.
create table nuanhao.audit_volume (
  volume    integer primary key,
  opened_at bigint  not null,
  pruned_at bigint
);
insert into nuanhao.audit_volume values (1, (extract(epoch from clock_timestamp()) * 1000)::bigint);

-- The last row of each chain.
create table nuanhao.audit_chain (
  site_id text   primary key,
  n       bigint not null,
  prev    bytea  not null,
  hash    bytea  not null
);
insert into nuanhao.audit_chain values ('', 0, decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex'));

-- Heads that were written down: at the end of each day (2026-03-09), and of each chain when a volume was closed (volume 1).
create table nuanhao.audit_head (
  site_id text   not null,
  name    text   not null,
  n       bigint not null,
  hash    bytea  not null,
  at      bigint not null,
  bad     text,            -- what was wrong with the chain then
  primary key (site_id, name)
);

create function nuanhao.open_volume() returns integer language plpgsql as $$
begin
  return (select max(volume) from nuanhao.audit_volume);
end $$;

create table nuanhao.audit (
  volume  integer not null default nuanhao.open_volume(),
  site_id text    not null,                 -- '': none
  n       bigint  not null,                 -- its place in the chain, from 1
  at      bigint  not null,
  actor   text    not null,                 -- who
  origin  text    not null,                 -- from where: a device's name, an address, or what kind of address
  action  text    not null,                 -- what
  subject text,                             -- on what: an id
  seq     bigint,                           -- the event that came of it
  result  text    not null default 'done',  -- or the key it was refused with
  reason  text,                             -- why: a key
  prev    bytea   not null,
  hash    bytea   not null,
  primary key (site_id, n, volume)
) partition by range (volume);
create table nuanhao.audit_1 partition of nuanhao.audit for values from (1) to (2);
create index audit_when on nuanhao.audit (site_id, at, n);
create index audit_subject on nuanhao.audit (subject) where subject is not null;
create index audit_reason on nuanhao.audit (site_id, seq) where reason is not null;

-- Gives a row its place and hash, whatever its writer said of them. What the hash is of never changes, so this stands here:
-- SHA-256 of the hash before it in hex, a line feed, and the row as JSON (store/audit-chain.ts). [AUDIT2]
create function nuanhao.link_audit() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  new.site_id := coalesce(new.site_id, '');
  new.origin := coalesce(new.origin, case split_part(new.actor, ':', 1)
                  when 'chore' then 'program' when 'operator' then 'command-line' else 'unknown' end);
  -- The site's row first, as in a commit: so nobody waits for each other crosswise.
  perform from nuanhao.site where id = new.site_id for no key update;
  for tries in 1 .. 2 loop
    update nuanhao.audit_chain c
       set n = c.n + 1, prev = c.hash, hash = sha256(convert_to(encode(c.hash, 'hex') || E'\n' || json_build_array(new.site_id,
             c.n + 1, new.at, new.actor, new.origin, new.action, new.subject, new.seq, new.result, new.reason)::text, 'UTF8'))
     where c.site_id = new.site_id
    returning c.n, c.prev, c.hash into new.n, new.prev, new.hash;
    exit when found;
    insert into nuanhao.audit_chain select new.site_id, 0, z, z from decode(repeat('00', 32), 'hex') z on conflict do nothing;
  end loop;
  return new;
end $$;
create trigger link before insert on nuanhao.audit for each row execute function nuanhao.link_audit();

create function nuanhao.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'nothing of the audit is changed or removed: % refused', tg_op using errcode = 'NH403';
end $$;
create trigger kept before update or delete on nuanhao.audit for each row execute function nuanhao.refuse_change();
create trigger kept_whole before truncate on nuanhao.audit execute function nuanhao.refuse_change();
create trigger kept_whole before truncate on nuanhao.audit_1 execute function nuanhao.refuse_change();
create trigger kept before update or delete on nuanhao.audit_head for each row execute function nuanhao.refuse_change();
create trigger kept_whole before truncate on nuanhao.audit_head execute function nuanhao.refuse_change();

-- What earlier halls wrote down comes first.
insert into nuanhao.audit (site_id, at, actor, action, subject, seq, reason)
select site_id, at, actor, action, subject, seq, reason from nuanhao.audit_before order by id;
drop table nuanhao.audit_before;

-- Is told now from where it was confirmed.
drop function if exists nuanhao.confirm_clock(text, bigint, text, text);
