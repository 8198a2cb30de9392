-- When the server last had word of a screen, and the times it had none: what a kiosk issued by itself was issued within those.

alter table nuanhao.device add column seen_at bigint;

create table nuanhao.device_absence (
  device_id text   not null references nuanhao.device on delete cascade,
  from_at   bigint not null,
  to_at     bigint not null,
  primary key (device_id, from_at)
);
create index device_absence_age on nuanhao.device_absence (to_at);
