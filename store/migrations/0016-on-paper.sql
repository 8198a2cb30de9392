-- Calls that were made on paper while a counter was out of touch, and are entered afterwards.

alter table nuanhao.leg add column on_paper boolean not null default false;  -- its latest call was made so

-- Such a call, with what came of it, is several intervals of one event.
alter table nuanhao.interval drop constraint interval_pkey, add primary key (leg_id, seq, state);
-- Who was at a counter when: such a call must not overlap another.
create index interval_at_counter on nuanhao.interval (counter_id, from_at) where state in ('called', 'serving');
