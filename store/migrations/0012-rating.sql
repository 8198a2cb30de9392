-- Ratings, suggestions, and the minute a called resident asks for.

alter table nuanhao.leg add column waits_until bigint;  -- its resident asked for a minute: the call stands until then

-- What a resident thinks of a matter that is done. It names the completion, so one that is undone takes it along; and no person.
create table nuanhao.rating (
  leg_id     text     not null references nuanhao.leg on delete cascade,
  seq        bigint   not null,           -- the event that completed it
  site_id    text     not null,
  day        text     not null,
  service_id text     not null,
  counter_id text,
  given_by   text     not null check (given_by in ('phone', 'tablet')),
  given_at   bigint   not null,
  level      smallint not null check (level between 1 and 5),
  tags       text[]   not null default '{}',
  key_id     text,                        -- what was written: sealed like all that is private
  nonce      text,
  sealed     text,
  read_at    bigint,                      -- a supervisor has read it
  primary key (leg_id, seq)
);
create index rating_day on nuanhao.rating (site_id, day);

-- One for each visit, sealed.
create table nuanhao.suggestion (
  ticket_id text   primary key references nuanhao.ticket,
  site_id   text   not null,
  day       text   not null,
  at        bigint not null,
  key_id    text   not null,
  nonce     text   not null,
  sealed    text   not null,
  read_at   bigint
);
create index suggestion_day on nuanhao.suggestion (site_id, day);
