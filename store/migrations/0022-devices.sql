-- Screens ask to be let in by a code, belong in a place, and get new tokens from time to time. [PAIR1] [PAIR5] [PAIR6]

alter table nuanhao.device drop constraint device_kind_check;
alter table nuanhao.device add constraint device_kind_check check (kind in ('kiosk', 'display', 'pad'));
-- A screen that was switched off leaves its name to the one that takes its place.
alter table nuanhao.device drop constraint device_site_id_name_key;
create unique index device_name on nuanhao.device (site_id, name) where revoked_at is null;
alter table nuanhao.device
  -- null: wherever its address says
  add column place      jsonb,
  -- since when token_hash is used; null: since the screen was enrolled
  add column token_at   bigint,
  -- told to the screen, and not used by it yet
  add column next_hash  text unique,
  -- the one before, good until then
  add column last_hash  text unique,
  add column last_until bigint;

create table nuanhao.pairing (
  -- of the secret that only the screen has; it becomes its token
  secret_hash text   primary key,
  code_hash   text   not null unique,
  kind        text   not null,
  -- the address it asked from
  origin      text   not null,
  -- the screen it was before it was revoked
  was         text   references nuanhao.device,
  at          bigint not null,
  until       bigint not null
);
create index pairing_until on nuanhao.pairing (until);
