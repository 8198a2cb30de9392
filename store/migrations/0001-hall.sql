-- The truth of a hall. Times are milliseconds since the epoch on the site's clock.

create table nuanhao.site (
  id          text    primary key,
  settings    jsonb   not null,
  revision    integer not null default 1,
  seq         bigint  not null default 0,      -- number of the last event
  clock       bigint  not null default 0,      -- time of the last event: never runs back
  clock_held  boolean not null default false,  -- no tickets until staff confirm the time
  entry       bigint  not null default 0,      -- last entry number drawn
  day         text    not null default '',     -- business day of the last event
  day_seq     bigint  not null default 0       -- last event before that day
);

create table nuanhao.counter (
  id       text    primary key,
  site_id  text    not null references nuanhao.site,
  number   text    not null,
  status   text    not null default 'closed' check (status in ('open', 'paused', 'closed')),
  staff_id text,
  skills   text[]  not null default '{}',      -- of the person sitting there
  version  integer not null default 1,
  check ((status = 'closed') = (staff_id is null))
);

create table nuanhao.counter_lane (
  counter_id text not null references nuanhao.counter on delete cascade,
  lane_id    text not null,
  rank       text not null check (rank in ('primary', 'secondary')),
  threshold  bigint,
  primary key (counter_id, lane_id)
);
create index counter_lane_lane on nuanhao.counter_lane (lane_id);

-- From here on rows of a site are only written under the lock on its row, so nothing needs to check that it exists.

create table nuanhao.lane_sequence (
  site_id text    not null,
  lane_id text    not null,
  day     text    not null,
  last    integer not null,
  primary key (site_id, lane_id, day)
);

create table nuanhao.ticket (
  id        text   primary key,
  site_id   text   not null references nuanhao.site,
  day       text   not null,
  number    text   not null,
  lane_id   text   not null,
  language  text   not null check (language in ('zh-CN', 'en')),
  code_hash text   not null unique,
  issued_at bigint not null,
  unique (site_id, day, number)
);

create table nuanhao.leg (
  id                  text    primary key,
  ticket_id           text    not null references nuanhao.ticket,
  site_id             text    not null references nuanhao.site,
  number              text    not null,
  language            text    not null,
  lane_id             text    not null,
  service_id          text    not null,
  state               text    not null check (state in
    ('waiting', 'called', 'serving', 'held', 'missed', 'completed', 'transferred', 'cancelled', 'expired')),
  version             integer not null,
  arrived_at          bigint  not null,
  credit              bigint  not null check (credit >= 0),
  v                   bigint  not null,
  n                   bigint  not null,
  stint               integer not null,
  counter_id          text    references nuanhao.counter,
  assigned_counter_id text    references nuanhao.counter,
  assigned_staff_id   text,
  skill               text,
  calls               integer not null default 0,
  call_id             bigint,
  called_at           bigint,
  started_at          bigint,
  ended_at            bigint,
  check (state not in ('called', 'serving') or counter_id is not null)
);
-- Who is next: the head of a lane is the first row of this index.
create index leg_waiting on nuanhao.leg (site_id, lane_id, v, n) where state = 'waiting';
-- One ticket, one counter; one counter, one ticket.
create unique index leg_one_per_ticket on nuanhao.leg (ticket_id) where state in ('called', 'serving', 'held');
create unique index leg_one_per_counter on nuanhao.leg (counter_id) where state in ('called', 'serving');
create index leg_open on nuanhao.leg (site_id) where state in ('waiting', 'called', 'serving', 'held', 'missed');
create index leg_calls on nuanhao.leg (site_id, call_id desc) where call_id is not null;
create index leg_ticket on nuanhao.leg (ticket_id);

-- A leg's history: which state from when to when, by whom, where. Statistics are recomputed from it.
create table nuanhao.interval (
  leg_id     text   not null references nuanhao.leg,
  seq        bigint not null,                  -- the event that began it
  state      text   not null,
  from_at    bigint not null,
  to_at      bigint,
  actor      text   not null,
  counter_id text,
  primary key (leg_id, seq),
  check (to_at >= from_at)
);

create table nuanhao.event (
  site_id text   not null,
  seq     bigint not null,
  at      bigint not null,
  day     text   not null,
  type    text   not null,
  payload jsonb  not null,
  primary key (site_id, seq)
);

create table nuanhao.audit (
  id      bigint generated always as identity primary key,
  site_id text   not null,
  at      bigint not null,
  actor   text   not null,
  action  text   not null,
  subject text,
  seq     bigint,
  reason  text
);

create table nuanhao.idempotency (
  site_id   text   not null,
  principal text   not null,
  key       text   not null,
  digest    text   not null,
  outcome   jsonb  not null,
  at        bigint not null,
  primary key (site_id, principal, key)
);
create index idempotency_age on nuanhao.idempotency (at);

-- Care need, accommodations and contact, sealed with a key that is not in the database.
create table nuanhao.private_record (
  ticket_id text primary key references nuanhao.ticket,
  key_id    text not null,
  nonce     text not null,
  sealed    text not null
);

create table nuanhao.account (
  id            text  primary key,
  site_id       text  not null references nuanhao.site,
  username      text  not null unique,
  name          jsonb not null,
  role          text  not null check (role in ('staff', 'supervisor', 'administrator')),
  counter_id    text  references nuanhao.counter,
  skills        text[] not null default '{}',
  password_hash text  not null
);

create table nuanhao.session (
  token_hash text   primary key,
  account_id text   not null references nuanhao.account on delete cascade,
  created_at bigint not null,
  seen_at    bigint not null
);

create table nuanhao.device (
  id         text   primary key,
  site_id    text   not null references nuanhao.site,
  kind       text   not null check (kind in ('kiosk', 'display')),
  name       text   not null,
  token_hash text   not null unique,
  created_at bigint not null,
  revoked_at bigint,
  unique (site_id, name)
);
