-- A leg that is held until another step of the visit is done leaves its ticket free for that step.
drop index nuanhao.leg_one_per_ticket;
create unique index leg_one_per_ticket on nuanhao.leg (ticket_id)
  where state in ('called', 'serving') or (state = 'held' and hold <> 'another-step');
