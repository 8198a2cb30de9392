-- What the report of a day looks for in the log: what moved counters, and what was out of turn, with its reason.

create index event_of_counters on nuanhao.event (site_id, day, seq) where payload -> 'counters' <> '[]'::jsonb;
create index event_exception on nuanhao.event (site_id, day, seq) where payload ? 'exception';
create index audit_reason on nuanhao.audit (site_id, seq) where reason is not null;
