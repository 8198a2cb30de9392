-- Calls for help from kiosks. No person is in them: neither who asked nor who went.

create table nuanhao.help_call (
  id           text    primary key,
  site_id      text    not null references nuanhao.site,
  kiosk        text    not null,             -- its name
  day          text    not null,
  state        text    not null check (state in ('ringing', 'escalated', 'coming', 'done', 'taken-back')),
  version      integer not null default 1,
  asked_at     bigint  not null,
  escalated_at bigint,                       -- nobody had answered in time
  answered_at  bigint,                       -- somebody is going
  ended_at     bigint,
  counter_id   text                          -- the counter they go from
);
-- One open call for each kiosk.
create unique index help_call_open on nuanhao.help_call (site_id, kiosk) where state in ('ringing', 'escalated', 'coming');
create index help_call_day on nuanhao.help_call (site_id, day);
