-- Holds, and what an undo puts back.

alter table nuanhao.leg
  add column hold    text check (hold in ('fetching', 'papers-kept', 'another-step')),
  add column held_at bigint,
  add column call_counter_id text,  -- where it was last called to: a leg that went back to wait has left that counter
  add check ((state = 'held') = (hold is not null));

alter table nuanhao.event
  add column counter_id text,
  add column undo       jsonb;
create index event_counter on nuanhao.event (counter_id, seq desc) where counter_id is not null;

update nuanhao.leg set call_counter_id = counter_id where call_id is not null;

-- How many wait in each lane: an ordinary newcomer stands behind them all, so nobody need count them.
create table nuanhao.lane_waiting (
  site_id text    not null,
  lane_id text    not null,
  waiting integer not null check (waiting >= 0),
  primary key (site_id, lane_id)
);
insert into nuanhao.lane_waiting (site_id, lane_id, waiting)
select site_id, lane_id, count(*) from nuanhao.leg where state = 'waiting' group by site_id, lane_id;

-- Halls that were set up before tickets could rejoin: within the hour.
update nuanhao.site set settings = settings || '{"rejoinWithin": 3600000}' where not settings ? 'rejoinWithin';
-- Events that were written before they said where a leg came from: nothing is known of it.
update nuanhao.event set payload = payload || '{"from": []}' where not payload ? 'from';

-- The line names a queue SITE.LANE: without dots in a site's id no two can be the same.
alter table nuanhao.site add check (id !~ '[.:{}]');
