-- Visits of several matters, notes, papers kept, old holds, quotas, and consoles that take each other's place.

alter table nuanhao.leg
  add column hold_overdue boolean not null default false,
  add column papers       boolean not null default false,  -- they lie at the assigned counter
  add column noted        boolean not null default false,  -- staff left a note for the next
  add column next         text[]  not null default '{}';   -- services that follow in the same visit

alter table nuanhao.counter
  add column desk  text,                       -- the console that opened it last
  add column since bigint not null default 0;  -- of its present status and person

-- How many tickets were issued for a service on a day, where the service has a quota.
create table nuanhao.service_day (
  site_id    text    not null,
  service_id text    not null,
  day        text    not null,
  issued     integer not null,
  primary key (site_id, service_id, day)
);

-- What one member of staff leaves for the next, sealed like all that is private.
create table nuanhao.note (
  id        text   primary key,
  site_id   text   not null,
  ticket_id text   not null references nuanhao.ticket,
  leg_id    text   not null references nuanhao.leg on delete cascade,
  at        bigint not null,
  author    text   not null,
  key_id    text   not null,
  nonce     text   not null,
  sealed    text   not null
);
create index note_ticket on nuanhao.note (ticket_id);

-- Why a ticket was ended by a person's decision, for its resident: in both languages, about the hall and not about them.
alter table nuanhao.ticket add column farewell jsonb;

-- Halls that were set up before these settings existed.
update nuanhao.site set settings = '{"days": {}, "careCredits": {}, "careBy": ["declared", "staff"], "cards": [],
  "holdWithin": 1800000, "offerFor": null, "skills": [], "notices": []}'::jsonb || settings
  || jsonb_build_object('services', (select jsonb_agg(
       '{"targetWait": null, "promisedDays": null, "guide": null, "quota": null}'::jsonb || s order by i)
       from jsonb_array_elements(settings -> 'services') with ordinality as e (s, i)));
