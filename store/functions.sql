-- The functions that read for a decision and commit it. Installed anew whenever this file changes.
-- A refusal raises with an SQLSTATE of class NH and the error's key as message; nothing is then changed.
--   NH409 conflict (what the decision stood on has changed: decide again) · NH422 key-reused · NH404 unknown-site

-- A leg as staff see it: the shape of domain/leg.ts.
create or replace function nuanhao.leg_view(l nuanhao.leg) returns jsonb language sql immutable as $$
  select jsonb_build_object(
    'id', l.id, 'ticketId', l.ticket_id, 'number', l.number, 'laneId', l.lane_id, 'serviceId', l.service_id,
    'state', l.state, 'version', l.version, 'arrivedAt', l.arrived_at, 'credit', l.credit, 'v', l.v, 'n', l.n,
    'stint', l.stint, 'counterId', l.counter_id, 'assignedCounterId', l.assigned_counter_id,
    'assignedStaffId', l.assigned_staff_id, 'skill', l.skill, 'calls', l.calls, 'callId', l.call_id,
    'callCounterId', l.call_counter_id, 'calledAt', l.called_at, 'startedAt', l.started_at, 'endedAt', l.ended_at, 'hold', l.hold, 'heldAt', l.held_at, 'language', l.language)
$$;

create or replace function nuanhao.counter_view(c nuanhao.counter) returns jsonb language sql immutable as $$
  select jsonb_build_object('id', c.id, 'number', c.number, 'status', c.status, 'staffId', c.staff_id,
    'version', c.version)
$$;

-- Who is next for counter c: domain/turn.ts nextLeg, under the lock. [TURN3] [TURN4] [TURN5]
create or replace function nuanhao.pick_next(c nuanhao.counter, now_ bigint) returns nuanhao.leg
language plpgsql stable as $$
declare
  cl   nuanhao.counter_lane;
  head nuanhao.leg;
  best nuanhao.leg;      -- of primary lanes and joined secondary ones
  spare nuanhao.leg;     -- of secondary lanes that have not joined
begin
  for cl in select * from nuanhao.counter_lane where counter_id = c.id loop
    select l.* into head from nuanhao.leg l
     where l.lane_id = cl.lane_id and l.state = 'waiting' and l.site_id = c.site_id
       and (l.skill is null or l.skill = any (c.skills))
       and (l.assigned_counter_id is null or l.assigned_counter_id = c.id)
       and (l.assigned_staff_id is null or l.assigned_staff_id = c.staff_id)
       and not exists (select 1 from nuanhao.leg o
                        where o.ticket_id = l.ticket_id and o.state in ('called', 'serving', 'held'))
     order by l.v, l.n limit 1;
    continue when head.id is null;
    if cl.rank = 'primary' or now_ - head.v >= cl.threshold then
      if best.id is null or (head.v, head.n) < (best.v, best.n) then best := head; end if;
    elsif spare.id is null or (head.v, head.n) < (spare.v, spare.n) then
      spare := head;
    end if;
  end loop;
  if best.id is null then return spare; end if;
  return best;
end $$;

-- Writes a leg that has moved: one version more, the time its state began, and its history.
create or replace function nuanhao.put_leg(before nuanhao.leg, l nuanhao.leg, at_ bigint, seq_ bigint, actor_ text)
returns nuanhao.leg language plpgsql as $$
begin
  l.version := before.version + 1;
  if l.state = 'called' and (before.state <> 'called' or l.calls <> before.calls) then
    l.call_id := seq_; l.called_at := at_; l.call_counter_id := l.counter_id;
  end if;
  if l.state = 'serving' and before.state <> 'serving' then l.started_at := at_; end if;
  if l.state = 'held' and before.state <> 'held' then l.held_at := at_; end if;
  if l.state <> 'held' then l.hold := null; end if;
  if l.state in ('completed', 'missed', 'transferred', 'cancelled', 'expired') then l.ended_at := at_;
  else l.ended_at := null; end if;
  perform nuanhao.write_leg(l);
  if l.state <> before.state then
    update nuanhao.interval set to_at = at_ where leg_id = l.id and to_at is null;
    insert into nuanhao.interval (leg_id, seq, state, from_at, to_at, actor, counter_id)
    values (l.id, seq_, l.state, at_,
            case when l.state in ('completed', 'transferred', 'cancelled', 'expired') then at_ end, actor_, l.counter_id);
  end if;
  return l;
end $$;

create or replace function nuanhao.write_leg(l nuanhao.leg) returns void language sql as $$
  update nuanhao.leg set
    state = l.state, version = l.version, service_id = l.service_id, credit = l.credit, v = l.v, n = l.n,
    stint = l.stint, counter_id = l.counter_id, assigned_counter_id = l.assigned_counter_id,
    assigned_staff_id = l.assigned_staff_id, skill = l.skill, calls = l.calls, call_id = l.call_id,
    call_counter_id = l.call_counter_id, called_at = l.called_at, started_at = l.started_at, ended_at = l.ended_at, hold = l.hold, held_at = l.held_at
  where id = l.id
$$;

-- v of a leg that rejoins its lane: the larger of its own and that of the third waiting, or of the last if there are
-- fewer. [REJOIN2]
create or replace function nuanhao.rejoin_v(l nuanhao.leg) returns bigint language sql stable as $$
  select greatest(l.v, (select max(w.v) from (
    select v from nuanhao.leg where site_id = l.site_id and lane_id = l.lane_id and state = 'waiting'
     order by v, n limit 3) w))
$$;

-- Takes back what an event did to a leg: every field as before, and the history as if it had not been. [UNDO1]
create or replace function nuanhao.restore_leg(before nuanhao.leg, undone bigint) returns nuanhao.leg
language plpgsql as $$
declare
  cur nuanhao.leg;
begin
  select * into cur from nuanhao.leg where id = before.id;
  if cur.version is distinct from before.version + 1 then raise exception 'conflict' using errcode = 'NH409'; end if;
  before.version := cur.version + 1;
  -- Its job of that stint is gone from the line; the same place is another stint.
  if before.state = 'waiting' then before.stint := cur.stint + 1; end if;
  perform nuanhao.write_leg(before);
  delete from nuanhao.interval where leg_id = before.id and seq = undone;
  update nuanhao.interval i set to_at = null
   where i.leg_id = before.id and i.seq = (select max(seq) from nuanhao.interval where leg_id = before.id);
  return before;
end $$;

-- What the public board needs to know of a leg before it moved.
create or replace function nuanhao.whereabouts(l nuanhao.leg) returns jsonb language sql immutable as $$
  select jsonb_build_object('state', l.state, 'laneId', l.lane_id, 'counterId', l.counter_id)
$$;

-- Commits a decision (domain/change.ts) in one round trip. p: site, now, day, revision, actor, principal, key, digest,
-- change, clockConfirmed. Returns the outcome with the event's numbers, or the first outcome if the key was seen before.
create or replace function nuanhao.commit(p jsonb) returns jsonb language plpgsql as $$
declare
  s       nuanhao.site;
  ch      jsonb := p -> 'change';
  at_     bigint;
  seq_    bigint;
  day_    text;
  actor_  text := p ->> 'actor';
  seen    nuanhao.idempotency;
  c       nuanhao.counter;
  l       nuanhao.leg;
  before  nuanhao.leg;
  item    jsonb;
  number_ integer;
  legs_     jsonb := '[]';
  from_     jsonb := '[]';  -- where each of legs_ was before; null for a new leg
  undo_     jsonb := null;  -- what to put back if this is undone
  left_     jsonb := '[]';  -- stints that have left the line
  entered_  jsonb := '[]';  -- stints that have entered it
  at_counter text := null;  -- the counter this was done at
  undone    nuanhao.event;
  counters_ jsonb := '[]';
  outcome_  jsonb;
  event_    jsonb;
  payload_  jsonb;
begin
  select * into s from nuanhao.site where id = p ->> 'site' for update;
  if not found then raise exception 'unknown-site' using errcode = 'NH404'; end if;

  select * into seen from nuanhao.idempotency
   where site_id = s.id and principal = p ->> 'principal' and key = p ->> 'key';
  if found then
    if seen.digest <> p ->> 'digest' then raise exception 'key-reused' using errcode = 'NH422'; end if;
    return seen.outcome;
  end if;

  if s.revision <> (p ->> 'revision')::int or (ch ? 'ticket' and s.clock_held) then
    raise exception 'conflict' using errcode = 'NH409';
  end if;
  at_  := greatest((p ->> 'now')::bigint, s.clock);
  day_ := greatest(p ->> 'day', s.day);
  seq_ := s.seq + 1;
  outcome_ := jsonb_build_object('seq', seq_, 'at', at_, 'leg', null, 'counter', null, 'ahead', null,
                                 'open', null, 'free', null);

  if ch ? 'pick' then
    select * into c from nuanhao.counter where id = ch -> 'pick' ->> 'counterId' and site_id = s.id;
    if c.version is distinct from (ch -> 'pick' ->> 'counterVersion')::int
       or exists (select 1 from nuanhao.leg where counter_id = c.id and state in ('called', 'serving')) then
      raise exception 'conflict' using errcode = 'NH409';
    end if;
    before := nuanhao.pick_next(c, at_);
    if before.id is not null then
      select outcome_ || jsonb_build_object('enteredAt', i.from_at) into outcome_
        from nuanhao.interval i where i.leg_id = before.id and i.to_at is null;
      l := before;
      l.state := 'called'; l.counter_id := c.id; l.calls := 1;
      l := nuanhao.put_leg(before, l, at_, seq_, actor_);
      legs_ := legs_ || nuanhao.leg_view(l);
      from_ := from_ || nuanhao.whereabouts(before);
      left_ := left_ || nuanhao.leg_view(before);
      undo_ := jsonb_build_object('legs', jsonb_build_array(to_jsonb(before)), 'created', '[]'::jsonb);
      at_counter := c.id;
    end if;
  end if;

  if ch ? 'ticket' then
    insert into nuanhao.lane_sequence as q (site_id, lane_id, day, last)
    values (s.id, ch -> 'ticket' ->> 'laneId', day_, 1)
    on conflict (site_id, lane_id, day) do update set last = q.last + 1
    returning q.last into number_;
    insert into nuanhao.ticket (id, site_id, day, number, lane_id, language, code_hash, issued_at)
    values (ch -> 'ticket' ->> 'id', s.id, day_,
            (ch -> 'ticket' ->> 'letter') || case when number_ < 1000 then lpad(number_::text, 3, '0')
                                                  else number_::text end,
            ch -> 'ticket' ->> 'laneId', ch -> 'ticket' ->> 'language', ch -> 'ticket' ->> 'codeHash', at_);
    if jsonb_typeof(ch -> 'ticket' -> 'private') = 'object' then
      insert into nuanhao.private_record (ticket_id, key_id, nonce, sealed)
      values (ch -> 'ticket' ->> 'id', ch -> 'ticket' -> 'private' ->> 'keyId',
              ch -> 'ticket' -> 'private' ->> 'nonce', ch -> 'ticket' -> 'private' ->> 'sealed');
    end if;
  end if;

  for item in select * from jsonb_array_elements(ch -> 'legs') loop
    select * into before from nuanhao.leg where id = item ->> 'id' and site_id = s.id;
    if before.version is distinct from (item ->> 'version')::int then
      raise exception 'conflict' using errcode = 'NH409';
    end if;
    l := before;
    l.state := item ->> 'state';
    if item ? 'counterId' then l.counter_id := item ->> 'counterId'; end if;
    if item ? 'assignedCounterId' then l.assigned_counter_id := item ->> 'assignedCounterId'; end if;
    if item ? 'assignedStaffId' then l.assigned_staff_id := item ->> 'assignedStaffId'; end if;
    if item ? 'serviceId' then l.service_id := item ->> 'serviceId'; end if;
    if item ? 'calls' then l.calls := (item ->> 'calls')::int; end if;
    if item ? 'hold' then l.hold := item ->> 'hold'; end if;
    if item ? 'credit' then
      l.credit := (item ->> 'credit')::bigint;
      l.v := l.arrived_at - l.credit;
    end if;
    if item ? 'enter' then
      if item ->> 'enter' = 'rejoin' then l.v := nuanhao.rejoin_v(l); end if;
      s.entry := s.entry + 1;
      l.n := s.entry;
      l.stint := l.stint + 1;
    end if;
    l := nuanhao.put_leg(before, l, at_, seq_, actor_);
    legs_ := legs_ || nuanhao.leg_view(l);
    from_ := from_ || nuanhao.whereabouts(before);
    if before.state = 'waiting' and (l.state <> 'waiting' or l.stint <> before.stint) then
      left_ := left_ || nuanhao.leg_view(before);
    end if;
    if l.state = 'waiting' and (before.state <> 'waiting' or l.stint <> before.stint) then
      entered_ := entered_ || nuanhao.leg_view(l);
    end if;
    undo_ := jsonb_build_object('legs', coalesce(undo_ -> 'legs', '[]') || to_jsonb(before), 'created', '[]'::jsonb);
    if ch ->> 'event' not in ('ticket:rejoined', 'ticket:changed', 'ticket:cancelled') then
      at_counter := coalesce(l.counter_id, before.counter_id);
    end if;
  end loop;

  for item in select * from jsonb_array_elements(ch -> 'newLegs') loop
    s.entry := s.entry + 1;
    l := null;
    l.id := item ->> 'id';
    l.ticket_id := coalesce(item -> 'goesOn' ->> 'ticketId', ch -> 'ticket' ->> 'id');
    l.site_id := s.id;
    select t.number, t.language into l.number, l.language from nuanhao.ticket t where t.id = l.ticket_id;
    l.lane_id := item ->> 'laneId';
    l.service_id := item ->> 'serviceId';
    l.state := 'waiting'; l.version := 1; l.stint := 1; l.calls := 0;
    l.arrived_at := coalesce((item -> 'goesOn' ->> 'arrivedAt')::bigint, at_);
    l.credit := (item ->> 'credit')::bigint;
    l.v := coalesce((item -> 'goesOn' ->> 'v')::bigint, at_ - l.credit);
    l.n := s.entry;
    l.assigned_counter_id := item ->> 'assignedCounterId';
    l.assigned_staff_id := item ->> 'assignedStaffId';
    l.skill := item ->> 'skill';
    insert into nuanhao.leg select l.*;
    insert into nuanhao.interval (leg_id, seq, state, from_at, actor) values (l.id, seq_, 'waiting', at_, actor_);
    legs_ := legs_ || nuanhao.leg_view(l);
    from_ := from_ || 'null'::jsonb;
    entered_ := entered_ || nuanhao.leg_view(l);
    undo_ := undo_ || jsonb_build_object('created', (undo_ -> 'created') || to_jsonb(l.id));
  end loop;

  if ch ? 'ticket' then
    select outcome_ || jsonb_build_object(
        -- Nobody's v is later than now, so without a head start everybody who waits is ahead.
        'ahead', case when l.credit = 0
                      then coalesce((select w.waiting from nuanhao.lane_waiting w
                                      where w.site_id = s.id and w.lane_id = l.lane_id), 0)
                      else (select count(*) from nuanhao.leg w
                             where w.site_id = s.id and w.lane_id = l.lane_id and w.state = 'waiting' and (w.v, w.n) < (l.v, l.n)) end,
        'open', count(*),
        'free', count(*) filter (where not exists
                  (select 1 from nuanhao.leg a where a.counter_id = k.id and a.state in ('called', 'serving'))))
      into outcome_
      from nuanhao.counter k join nuanhao.counter_lane kl on kl.counter_id = k.id
     where kl.lane_id = l.lane_id and k.site_id = s.id and k.status = 'open';
  end if;

  if ch ? 'undo' then
    select * into undone from nuanhao.event
     where site_id = s.id and seq = (ch -> 'undo' ->> 'seq')::bigint and counter_id = ch -> 'undo' ->> 'counterId';
    if undone.undo is null then raise exception 'conflict' using errcode = 'NH409'; end if;
    for item in select * from jsonb_array_elements(undone.undo -> 'created') loop
      select * into before from nuanhao.leg where id = item #>> '{}';
      if before.version <> 1 then raise exception 'conflict' using errcode = 'NH409'; end if;
      delete from nuanhao.interval where leg_id = before.id;
      delete from nuanhao.leg where id = before.id;
      from_ := from_ || nuanhao.whereabouts(before);
      left_ := left_ || nuanhao.leg_view(before);
      before.state := 'cancelled'; before.version := 2; before.ended_at := at_;
      legs_ := legs_ || nuanhao.leg_view(before);
    end loop;
    for item in select * from jsonb_array_elements(undone.undo -> 'legs') loop
      select * into l from nuanhao.leg where id = item ->> 'id';
      from_ := nuanhao.whereabouts(l) || from_;
      if l.state = 'waiting' then left_ := left_ || nuanhao.leg_view(l); end if;
      l := nuanhao.restore_leg(jsonb_populate_record(null::nuanhao.leg, item), undone.seq);
      legs_ := nuanhao.leg_view(l) || legs_;
      if l.state = 'waiting' then entered_ := entered_ || nuanhao.leg_view(l); end if;
    end loop;
    at_counter := ch -> 'undo' ->> 'counterId';
    undo_ := null;
  end if;

  for item in select * from jsonb_array_elements(left_) loop
    update nuanhao.lane_waiting set waiting = waiting - 1 where site_id = s.id and lane_id = item ->> 'laneId';
  end loop;
  for item in select * from jsonb_array_elements(entered_) loop
    insert into nuanhao.lane_waiting as w (site_id, lane_id, waiting) values (s.id, item ->> 'laneId', 1)
    on conflict (site_id, lane_id) do update set waiting = w.waiting + 1;
  end loop;

  for item in select * from jsonb_array_elements(ch -> 'counters') loop
    update nuanhao.counter k
       set status = item ->> 'status', staff_id = item ->> 'staffId', version = k.version + 1,
           skills = coalesce((select a.skills from nuanhao.account a where a.id = item ->> 'staffId'), '{}')
     where k.id = item ->> 'id' and k.site_id = s.id and k.version = (item ->> 'version')::int
    returning * into c;
    if not found then raise exception 'conflict' using errcode = 'NH409'; end if;
    counters_ := counters_ || nuanhao.counter_view(c);
    at_counter := c.id;
  end loop;

  outcome_ := outcome_ || jsonb_build_object('counter', counters_ -> 0,
    -- The ticket as it now stands: of a transfer the leg that goes on.
    'leg', case when ch ? 'undo' then legs_ -> 0 else legs_ -> -1 end);
  if ch -> 'pick' ? 'proposed' then
    -- Tells the line whether the job it proposed goes back or is done with, and since when it should have known.
    select outcome_ || jsonb_build_object('proposed', jsonb_build_object('waits', p_.state = 'waiting',
             'calledAt', p_.called_at)) into outcome_
      from nuanhao.leg p_ where p_.id = ch -> 'pick' ->> 'proposed';
  end if;
  if legs_ = '[]' and counters_ = '[]' and ch ->> 'event' = 'ticket:called' then
    -- Nobody waits: no fact, so no event; the key still answers the same to a retry.
    outcome_ := outcome_ || jsonb_build_object('seq', s.seq);
    event_ := null;
  else
    payload_ := jsonb_build_object('legs', legs_, 'from', from_, 'counters', counters_);
    if ch ? 'exception' then payload_ := payload_ || jsonb_build_object('exception', ch -> 'exception'); end if;
    -- Taking a call back changes the wall in ways only the truth knows.
    if ch ? 'undo' then payload_ := payload_ || jsonb_build_object('wall',
      case when day_ > s.day then '[]'::jsonb else nuanhao.wall(s.id, 10) end); end if;
    event_ := jsonb_build_object('type', ch ->> 'event', 'seq', seq_, 'at', at_, 'day', day_,
                                 'revision', s.revision) || payload_;
    insert into nuanhao.event (site_id, seq, at, day, type, payload, counter_id, undo)
    values (s.id, seq_, at_, day_, ch ->> 'event', payload_ || jsonb_build_object('revision', s.revision), at_counter,
            undo_);
    insert into nuanhao.audit (site_id, at, actor, action, subject, seq, reason)
    values (s.id, at_, actor_, ch ->> 'event', coalesce(legs_ -> 0 ->> 'ticketId', counters_ -> 0 ->> 'id'), seq_,
            ch ->> 'reason');
    update nuanhao.site
       set seq = seq_, clock = at_, entry = s.entry,
           day_seq = case when day_ > s.day then s.seq else s.day_seq end, day = day_
     where id = s.id;
  end if;
  if p ? 'key' then
    insert into nuanhao.idempotency (site_id, principal, key, digest, outcome, at)
    values (s.id, p ->> 'principal', p ->> 'key', p ->> 'digest', outcome_, at_);
  end if;
  return outcome_ || jsonb_build_object('event', event_, 'left', left_, 'entered', entered_);
end $$;

-- The last thing done at a counter, and whether all it touched is as it left it.
create or replace function nuanhao.last_action(site_ text, counter_ text) returns jsonb language sql stable as $$
  select jsonb_build_object('seq', e.seq, 'at', e.at, 'type', e.type, 'untouched', e.undo is not null
    and not exists (select 1 from jsonb_array_elements(e.undo -> 'legs') b join nuanhao.leg l on l.id = b ->> 'id'
                     where l.version <> (b ->> 'version')::int + 1)
    and not exists (select 1 from jsonb_array_elements_text(e.undo -> 'created') b join nuanhao.leg l on l.id = b
                     where l.version <> 1))
  from nuanhao.event e where e.site_id = site_ and e.counter_id = counter_ order by e.seq desc limit 1
$$;

-- What a command needs to decide, in one read. p: siteId | counterId | ticketId (with counterId when
-- it is called there), principal + key of the command, and callAt (ms) when the command calls: then likely is the leg
-- it will probably take.
create or replace function nuanhao.situation(p jsonb) returns jsonb language plpgsql stable as $$
declare
  s  nuanhao.site;
  c  nuanhao.counter;
  l  nuanhao.leg;
  ac nuanhao.leg;
  nx nuanhao.leg;
  likely_ jsonb;
  seen nuanhao.idempotency;
begin
  if p ? 'ticketId' then
    select * into l from nuanhao.leg where ticket_id = p ->> 'ticketId'
     order by state in ('called', 'serving') desc, n desc limit 1;
    if not found then return null; end if;
    select * into c from nuanhao.counter
     where id = coalesce(p ->> 'counterId', l.counter_id) and site_id = l.site_id;
    if p ? 'counterId' and c.id is null then return jsonb_build_object('unknown', 'unknown-counter'); end if;
  elsif p ? 'counterId' then
    select * into c from nuanhao.counter where id = p ->> 'counterId';
    if not found then return null; end if;
  end if;
  select * into s from nuanhao.site where id = coalesce(l.site_id, c.site_id, p ->> 'siteId');
  if not found then return null; end if;
  if c.id is not null then
    select * into ac from nuanhao.leg where counter_id = c.id and state in ('called', 'serving');
  end if;
  select * into seen from nuanhao.idempotency
   where site_id = s.id and principal = p ->> 'principal' and key = p ->> 'key';
  if p ? 'callAt' and ac.id is null and c.status = 'open' then
    nx := nuanhao.pick_next(c, (p ->> 'callAt')::bigint);
    if nx.id is not null then likely_ := nuanhao.leg_view(nx); end if;
  end if;
  return jsonb_build_object(
    'siteId', s.id, 'revision', s.revision, 'clock', s.clock, 'clockHeld', s.clock_held,
    'counter', case when c.id is not null then nuanhao.counter_view(c) end,
    'atCounter', case when ac.id is not null then nuanhao.leg_view(ac) end,
    'leg', case when l.id is not null then nuanhao.leg_view(l) end,
    'since', (select i.from_at from nuanhao.interval i where i.leg_id = l.id and i.to_at is null),
    'last', case when p ? 'undo' then nuanhao.last_action(s.id, c.id) end,
    'likely', likely_,
    'seen', case when seen.key is not null then jsonb_build_object('digest', seen.digest, 'outcome', seen.outcome) end);
end $$;

-- The staff board (protocol/board.ts) as it stands.
create or replace function nuanhao.staff_board(site_ text) returns jsonb language sql stable as $$
  select jsonb_build_object('siteId', s.id, 'seq', s.seq, 'at', s.clock, 'day', s.day, 'revision', s.revision,
    'counters', coalesce((select jsonb_object_agg(c.id, nuanhao.counter_view(c))
                            from nuanhao.counter c where c.site_id = s.id), '{}'),
    'legs', coalesce((select jsonb_object_agg(l.id, nuanhao.leg_view(l)) from nuanhao.leg l
                       where l.site_id = s.id
                         and l.state in ('waiting', 'called', 'serving', 'held', 'missed')), '{}'))
  from nuanhao.site s where s.id = site_
$$;

-- The latest calls of the day, newest first: the legs of the public board's wall.
create or replace function nuanhao.wall(site_ text, shown integer) returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(nuanhao.leg_view(l) order by l.call_id desc), '[]') from (
    select l.* from nuanhao.leg l join nuanhao.site s on s.id = l.site_id
     where l.site_id = site_ and l.call_id > s.day_seq
       -- A ticket left over from another day may have the same number: of two, the hall sees the later call.
       and not exists (select 1 from nuanhao.leg o
                        where o.site_id = site_ and o.call_id > l.call_id and o.number = l.number)
     order by l.call_id desc limit shown) l
$$;

-- Staff confirm the machine's time although the log is ahead of it: the whole line moves with the clock, so that
-- nobody's place changes. [CLOCK2]
create or replace function nuanhao.confirm_clock(site_ text, now_ bigint, day_ text, actor_ text)
returns boolean language plpgsql as $$
declare
  s  nuanhao.site;
  shift_ bigint;
begin
  select * into s from nuanhao.site where id = site_ for update;
  if not found or not s.clock_held then return false; end if;
  shift_ := now_ - s.clock;
  if shift_ < 0 then
    update nuanhao.leg
       set v = v + shift_, arrived_at = arrived_at + shift_, called_at = called_at + shift_, started_at = started_at + shift_,
           held_at = held_at + shift_,
           version = version + 1
     where site_id = site_ and (state in ('waiting', 'called', 'serving', 'held', 'missed') or call_id > s.day_seq);
    update nuanhao.interval i
       set from_at = from_at + shift_, to_at = to_at + shift_
      from nuanhao.leg l
     where l.id = i.leg_id and l.site_id = site_ and l.state in ('waiting', 'called', 'serving', 'held', 'missed');
  end if;
  insert into nuanhao.event (site_id, seq, at, day, type, payload)
  values (site_, s.seq + 1, now_, day_, 'site:clock-confirmed', jsonb_build_object('revision', s.revision,
    'by', least(shift_, 0), 'from', '[]'::jsonb, 'counters', '[]'::jsonb, 'legs', coalesce((select jsonb_agg(nuanhao.leg_view(l)) from nuanhao.leg l
      where l.site_id = site_ and l.state in ('waiting', 'called', 'serving', 'held', 'missed')), '[]')));
  insert into nuanhao.audit (site_id, at, actor, action, seq, reason)
  values (site_, now_, actor_, 'site:clock-confirmed', s.seq + 1, 'moved-by-ms:' || shift_);
  update nuanhao.site
     set clock_held = false, clock = now_, seq = s.seq + 1, day = day_,
         day_seq = case when day_ <> s.day then s.seq else s.day_seq end
   where id = site_;
  return true;
end $$;
