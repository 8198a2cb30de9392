-- The functions of the database are installed anew, in the order of these files, whenever one of them changes.

-- A leg as staff see it: the shape of domain/leg.ts.
create or replace function nuanhao.leg_view(l nuanhao.leg) returns jsonb language sql immutable as $$
  select jsonb_build_object(
    'id', l.id, 'ticketId', l.ticket_id, 'number', l.number, 'laneId', l.lane_id, 'serviceId', l.service_id,
    'state', l.state, 'version', l.version, 'arrivedAt', l.arrived_at, 'credit', l.credit, 'v', l.v, 'n', l.n,
    'stint', l.stint, 'counterId', l.counter_id, 'assignedCounterId', l.assigned_counter_id,
    'assignedStaffId', l.assigned_staff_id, 'skill', l.skill, 'calls', l.calls, 'callId', l.call_id,
    'callCounterId', l.call_counter_id, 'calledAt', l.called_at, 'startedAt', l.started_at, 'endedAt', l.ended_at, 'onPaper', l.on_paper, 'hold', l.hold,
    'heldAt', l.held_at, 'holdOverdue', l.hold_overdue, 'papers', l.papers, 'noted', l.noted, 'prepare', l.prepare,
    'waitsUntil', l.waits_until, 'next', to_jsonb(l.next),
    'language', l.language)
$$;

-- A stay at a counter: domain/past.ts.
create or replace function nuanhao.stay_view(i nuanhao.interval) returns jsonb language sql stable as $$
  select jsonb_build_object('number', (select l.number from nuanhao.leg l where l.id = i.leg_id),
    'counterId', i.counter_id, 'from', i.from_at, 'to', i.to_at)
$$;

create or replace function nuanhao.counter_view(c nuanhao.counter) returns jsonb language sql immutable as $$
  select jsonb_build_object('id', c.id, 'number', c.number, 'status', c.status, 'staffId', c.staff_id,
    'skills', to_jsonb(c.skills), 'desk', c.desk, 'since', c.since, 'version', c.version)
$$;

-- A call for help as staff see it: the shape of domain/help.ts.
create or replace function nuanhao.help_view(h nuanhao.help_call) returns jsonb language sql immutable as $$
  select jsonb_build_object('id', h.id, 'kiosk', h.kiosk, 'state', h.state, 'version', h.version, 'askedAt', h.asked_at,
    'escalatedAt', h.escalated_at, 'answeredAt', h.answered_at, 'counterId', h.counter_id)
$$;

-- Whether a leg has its ticket to itself: domain/visit.ts occupies. The index leg_one_per_ticket says the same.
create or replace function nuanhao.occupies(l nuanhao.leg) returns boolean language sql immutable as $$
  select l.state in ('called', 'serving') or (l.state = 'held' and l.hold <> 'another-step')
$$;

-- Which leg of a visit is the one a person would mean: domain/visit.ts presentLeg.
create or replace function nuanhao.leg_order(l nuanhao.leg) returns bigint[] language sql immutable as $$
  select case when l.state in ('called', 'serving') then array[0, 0]
              when l.state = 'held' then case when l.hold = 'another-step' then array[3, -l.n] else array[1, 0] end
              when l.state = 'waiting' then array[2, l.n] when l.state = 'missed' then array[4, -l.n]
              else array[5, -l.n] end
$$;

-- What the public board needs to know of a leg before it moved.
create or replace function nuanhao.whereabouts(l nuanhao.leg) returns jsonb language sql immutable as $$
  select jsonb_build_object('state', l.state, 'laneId', l.lane_id, 'counterId', l.counter_id)
$$;

-- The staff board (protocol/board.ts) as it stands.
create or replace function nuanhao.staff_board(site_ text) returns jsonb language sql stable as $$
  select jsonb_build_object('siteId', s.id, 'seq', s.seq, 'at', s.clock, 'day', s.day, 'revision', s.revision,
    'counters', coalesce((select jsonb_object_agg(c.id, nuanhao.counter_view(c))
                            from nuanhao.counter c where c.site_id = s.id and not c.retired), '{}'),
    'legs', coalesce((select jsonb_object_agg(l.id, nuanhao.leg_view(l)) from nuanhao.leg l
                       where l.site_id = s.id
                         and l.state in ('waiting', 'called', 'serving', 'held', 'missed')), '{}'),
    'help', coalesce((select jsonb_object_agg(h.id, nuanhao.help_view(h)) from nuanhao.help_call h
                       where h.site_id = s.id and h.state in ('ringing', 'escalated', 'coming')), '{}'))
  from nuanhao.site s where s.id = site_
$$;

-- The latest calls of the day, newest first: the legs of the public board's wall.
create or replace function nuanhao.wall(site_ text, shown integer) returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(nuanhao.leg_view(l) order by l.call_id desc), '[]') from (
    select l.* from nuanhao.leg l join nuanhao.site s on s.id = l.site_id
     -- What was called on paper was never announced. [PAPER6]
     where l.site_id = site_ and l.call_id > s.day_seq and not l.on_paper
       -- A ticket left over from another day may have the same number: of two, the hall sees the later call.
       and not exists (select 1 from nuanhao.leg o
                        where o.site_id = site_ and o.call_id > l.call_id and o.number = l.number)
     order by l.call_id desc limit shown) l
$$;
