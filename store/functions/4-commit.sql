-- A refusal raises with an SQLSTATE of class NH and the error's key as message; nothing is then changed.
--   NH400 a refusal that only shows under the lock · NH409 conflict (what the decision stood on has changed: decide again) · NH422 key-reused · NH404 unknown-site
--   NH410 key-gone (a note was sealed with a key that is destroyed: seal it again)

-- How many numbers of a day a service has given out. Until the first since its quota was set it is counted: those who came
-- before count too. [QUOTA1]
create or replace function nuanhao.given_out(site_ text, service_ text, day_ text) returns integer language sql stable as $$
  select coalesce(
    (select issued from nuanhao.service_day where site_id = site_ and service_id = service_ and day = day_),
    (select count(distinct t.id)::int from nuanhao.ticket t join nuanhao.leg l on l.ticket_id = t.id
      where t.site_id = site_ and t.day = day_ and l.service_id = service_))
$$;

-- One more ticket for a service that has a quota; refused when its numbers of the day are given out, unless most_ is null. [QUOTA1]
create or replace function nuanhao.take_from_quota(site_ text, service_ text, day_ text, most_ integer)
returns void language plpgsql as $$
declare
  issued_ integer;
begin
  insert into nuanhao.service_day as d values (site_, service_, day_, nuanhao.given_out(site_, service_, day_) + 1)
  on conflict (site_id, service_id, day) do update set issued = d.issued + 1 returning issued into issued_;
  if issued_ > most_ then raise exception 'quota-reached' using errcode = 'NH400'; end if;
end $$;

-- A leg may be promised only to a counter that is open, and to a person who sits somewhere. [TRANSFER2]
create or replace function nuanhao.check_promise(l nuanhao.leg) returns void language plpgsql as $$
begin
  if l.assigned_counter_id is not null
     and not exists (select 1 from nuanhao.counter where id = l.assigned_counter_id and status = 'open') then
    raise exception 'counter-closed' using errcode = 'NH400';
  end if;
  if l.assigned_staff_id is not null
     and not exists (select 1 from nuanhao.counter where staff_id = l.assigned_staff_id and site_id = l.site_id) then
    raise exception 'staff-away' using errcode = 'NH400';
  end if;
end $$;

-- Waiting legs that were promised to this counter, when it is not open, or to the person who sat there, when they now sit
-- nowhere. Papers that lie at a counter still wait for it. [COUNTER4]
create or replace function nuanhao.released(c nuanhao.counter, sat_ text) returns setof nuanhao.leg
language sql stable as $$
  select l.* from nuanhao.leg l
   where l.site_id = c.site_id and l.state = 'waiting' and not l.papers
     and ((l.assigned_counter_id = c.id and c.status <> 'open')
       or (l.assigned_staff_id = sat_
           and not exists (select 1 from nuanhao.counter where staff_id = sat_ and site_id = c.site_id)))
   order by l.v, l.n
$$;

-- A call for help of a kiosk, in a state a decision has chosen; null when the kiosk has one that is open: then it is that
-- one, and nothing changes. [HELP1]
create or replace function nuanhao.change_help(site_ text, ch jsonb, at_ bigint, day_ text)
returns nuanhao.help_call language plpgsql as $$
declare
  h nuanhao.help_call;
begin
  if ch ? 'askHelp' then
    insert into nuanhao.help_call (id, site_id, kiosk, day, state, asked_at)
    values (gen_random_uuid(), site_, ch -> 'askHelp' ->> 'kiosk', day_, 'ringing', at_)
    on conflict do nothing returning * into h;
    return h;
  end if;
  update nuanhao.help_call o
     set state = ch -> 'help' ->> 'state', version = o.version + 1,
         counter_id = case when ch -> 'help' ? 'counterId' then ch -> 'help' ->> 'counterId' else o.counter_id end,
         escalated_at = case when ch -> 'help' ->> 'state' = 'escalated' then at_ else o.escalated_at end,
         answered_at = case when ch -> 'help' ->> 'state' = 'coming' then at_ else o.answered_at end,
         ended_at = case when ch -> 'help' ->> 'state' in ('done', 'taken-back') then at_ end
   where o.id = ch -> 'help' ->> 'id' and o.site_id = site_ and o.version = (ch -> 'help' ->> 'version')::int
  returning * into h;
  if h.id is null then raise exception 'conflict' using errcode = 'NH409'; end if;
  return h;
end $$;

-- A number of the day, if no other ticket has it.
create or replace function nuanhao.free_number(site_ text, day_ text, number_ text) returns text language plpgsql as $$
begin
  if exists (select 1 from nuanhao.ticket where site_id = site_ and day = day_ and number = number_) then
    raise exception 'number-taken' using errcode = 'NH400';
  end if;
  return number_;
end $$;

-- The next number of a lane: its letter and its sequence of the day. [NUM1]
create or replace function nuanhao.draw_number(site_ text, lane_ text, letter_ text, day_ text) returns text language plpgsql as $$
declare
  last_ integer;
begin
  insert into nuanhao.lane_sequence as q (site_id, lane_id, day, last) values (site_, lane_, day_, 1)
  on conflict (site_id, lane_id, day) do update set last = q.last + 1
  returning q.last into last_;
  return letter_ || case when last_ < 1000 then lpad(last_::text, 3, '0') else last_::text end;
end $$;

-- Commits a decision (domain/change.ts) in one round trip. p: site, now, day, revision, actor, origin, principal, key, digest,
-- change. Returns the outcome with the event's numbers, or the first outcome if the key was seen before.
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
  first_  nuanhao.leg;      -- the first leg that began
  sat_    text;             -- who sat at a counter before
  item    jsonb;
  arrived_ bigint;          -- of a ticket that begins
  legs_     jsonb := '[]';
  from_     jsonb := '[]';  -- where each of legs_ was before; null for a new leg
  undo_     jsonb := null;  -- what to put back if this is undone
  left_     jsonb := '[]';  -- stints that have left the line
  entered_  jsonb := '[]';  -- stints that have entered it
  at_counter text := null;  -- the counter this was done at
  undone    nuanhao.event;
  counters_ jsonb := '[]';
  help_     nuanhao.help_call;  -- the call for help that changed
  outcome_  jsonb;
  event_    jsonb;
  payload_  jsonb;
begin
  select * into s from nuanhao.site where id = p ->> 'site' for update;
  if not found then raise exception 'unknown-site' using errcode = 'NH404'; end if;

  select * into seen from nuanhao.idempotency
   where site_id = s.id and principal = p ->> 'principal' and key = p ->> 'key';
  if found and seen.digest = p ->> 'digest' then return seen.outcome; end if;
  -- Whoever brings a ticket that was issued offline has looked what else became of the key.
  if found and not p -> 'stood' ? 'issued' then raise exception 'key-reused' using errcode = 'NH422'; end if;
  if p -> 'stood' ? 'issued' and p -> 'stood' ->> 'issued' is distinct from seen.outcome ->> 'seq' then
    raise exception 'conflict' using errcode = 'NH409';
  end if;

  if s.revision <> (p ->> 'revision')::int or (ch ? 'ticket' and s.clock_held) then
    raise exception 'conflict' using errcode = 'NH409';
  end if;
  -- Who sits at the counter, and who is there, must be as when it was decided.
  if p -> 'stood' ? 'counterId' and not exists (
      select 1 from nuanhao.counter k
       where k.id = p -> 'stood' ->> 'counterId' and k.version = (p -> 'stood' ->> 'version')::int
         and p -> 'stood' ->> 'atCounter' is not distinct from
             (select a.id from nuanhao.leg a where a.counter_id = k.id and a.state in ('called', 'serving'))) then
    raise exception 'conflict' using errcode = 'NH409';
  end if;
  -- And so must the other matters of the visit, of which the versions in the change say nothing.
  if p -> 'stood' ? 'visit' and p -> 'stood' -> 'visit' -> 'others' is distinct from
      (select coalesce(jsonb_object_agg(o.id, o.version), '{}') from nuanhao.leg o
        where o.ticket_id = p -> 'stood' -> 'visit' ->> 'ticketId' and o.id <> p -> 'stood' -> 'visit' ->> 'legId'
          and o.state in ('waiting', 'called', 'serving', 'held', 'missed')) then
    raise exception 'conflict' using errcode = 'NH409';
  end if;
  -- And a person it names must sit where they sat.
  if p -> 'stood' ? 'colleague' and p -> 'stood' -> 'colleague' ->> 'counterId' is distinct from
      nuanhao.counter_of_staff(s.id, p -> 'stood' -> 'colleague' ->> 'id') then
    raise exception 'conflict' using errcode = 'NH409';
  end if;
  -- And of a command on everybody inside, just those who were.
  if p -> 'stood' ? 'inside' and p -> 'stood' -> 'inside' is distinct from
      (select coalesce(jsonb_object_agg(o.id, o.version), '{}') from nuanhao.leg o
        where o.site_id = s.id and o.state in ('waiting', 'held', 'missed')) then
    raise exception 'conflict' using errcode = 'NH409';
  end if;
  -- And of a ticket with an identity, what whoever shows it has already.
  if p -> 'stood' ? 'own' and p -> 'stood' -> 'own' -> 'legs' is distinct from
      (select coalesce(jsonb_object_agg(o.id, o.version), '{}')
         from nuanhao.own_legs(s.id, p -> 'stood' -> 'own' ->> 'mark') o) then
    raise exception 'conflict' using errcode = 'NH409';
  end if;
  -- And the legs that change. All this before anything is refused: a refusal must be of things as they are.
  if exists (select 1 from jsonb_array_elements(ch -> 'legs') i
               left join nuanhao.leg k on k.id = i ->> 'id' and k.site_id = s.id
              where k.version is distinct from (i ->> 'version')::int) then
    raise exception 'conflict' using errcode = 'NH409';
  end if;
  at_  := greatest((p ->> 'now')::bigint, s.clock);
  day_ := greatest(p ->> 'day', s.day);
  seq_ := s.seq + 1;
  outcome_ := jsonb_build_object('seq', seq_, 'at', at_, 'leg', null, 'counter', null, 'ahead', null,
                                 'open', null, 'free', null, 'help', null);

  if ch ? 'pick' then
    select * into c from nuanhao.counter where id = ch -> 'pick' ->> 'counterId' and site_id = s.id;
    if c.version is distinct from (ch -> 'pick' ->> 'counterVersion')::int
       or exists (select 1 from nuanhao.leg where counter_id = c.id and state in ('called', 'serving')) then
      raise exception 'conflict' using errcode = 'NH409';
    end if;
    before := nuanhao.pick_next(c, at_);
    if before.id is not null then
      outcome_ := outcome_ || jsonb_build_object('enteredAt', nuanhao.entered_at(before.id));
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

  for item in select * from jsonb_array_elements(ch -> 'quotas') loop
    perform nuanhao.take_from_quota(s.id, item ->> 'serviceId', day_, (item ->> 'most')::int);
  end loop;

  if ch ? 'ticket' then
    arrived_ := coalesce((ch -> 'ticket' -> 'offline' ->> 'arrivedAt')::bigint, at_);
    insert into nuanhao.ticket (id, site_id, day, number, lane_id, language, code_hash, issued_at)
    values (ch -> 'ticket' ->> 'id', s.id, day_,
            case when ch -> 'ticket' ? 'offline' then nuanhao.free_number(s.id, day_, ch -> 'ticket' -> 'offline' ->> 'number')
                 else nuanhao.draw_number(s.id, ch -> 'ticket' ->> 'laneId', ch -> 'ticket' ->> 'letter', day_) end,
            ch -> 'ticket' ->> 'laneId', ch -> 'ticket' ->> 'language', ch -> 'ticket' ->> 'codeHash', arrived_);
    insert into nuanhao.data_key (ticket_id, kept, key_id, nonce, wrapped)
    select ch -> 'ticket' ->> 'id', k ->> 'kept', k ->> 'keyId', k ->> 'nonce', k ->> 'sealed'
      from jsonb_array_elements(ch -> 'ticket' -> 'dataKeys') k;
    if jsonb_typeof(ch -> 'ticket' -> 'private') = 'object' then
      insert into nuanhao.private_record (ticket_id, key_id, nonce, sealed)
      values (ch -> 'ticket' ->> 'id', ch -> 'ticket' -> 'private' ->> 'keyId',
              ch -> 'ticket' -> 'private' ->> 'nonce', ch -> 'ticket' -> 'private' ->> 'sealed');
    end if;
    if ch -> 'ticket' ? 'materials' then
      insert into nuanhao.material_check (ticket_id, service_id, said_by, at, author, key_id, nonce, sealed)
      select ch -> 'ticket' ->> 'id', m ->> 'serviceId', 'resident', at_, actor_, m ->> 'keyId', m ->> 'nonce', m ->> 'sealed'
        from jsonb_array_elements(ch -> 'ticket' -> 'materials') m;
    end if;
    if ch -> 'ticket' ? 'identity' then
      insert into nuanhao.identity (ticket_id, site_id, mark, key_id, nonce, sealed)
      select ch -> 'ticket' ->> 'id', s.id, i ->> 'mark', i ->> 'keyId', i ->> 'nonce', i ->> 'sealed'
        from (select ch -> 'ticket' -> 'identity' as i) one;
    end if;
  end if;

  if ch ? 'renumber' then
    update nuanhao.ticket t set number = nuanhao.free_number(s.id, t.day, ch -> 'renumber' ->> 'number')
     where t.id = ch -> 'renumber' ->> 'ticketId';
    update nuanhao.leg set number = ch -> 'renumber' ->> 'number' where ticket_id = ch -> 'renumber' ->> 'ticketId';
  end if;

  for item in select * from jsonb_array_elements(ch -> 'legs') loop
    select * into before from nuanhao.leg where id = item ->> 'id';
    l := before;
    l.state := item ->> 'state';
    if item ? 'counterId' then l.counter_id := item ->> 'counterId'; end if;
    if item ? 'assignedCounterId' then l.assigned_counter_id := item ->> 'assignedCounterId'; end if;
    if item ? 'assignedStaffId' then l.assigned_staff_id := item ->> 'assignedStaffId'; end if;
    if item ? 'serviceId' then l.service_id := item ->> 'serviceId'; end if;
    if item ? 'calls' then l.calls := (item ->> 'calls')::int; end if;
    if item ? 'hold' then l.hold := item ->> 'hold'; end if;
    if item ? 'holdOverdue' then l.hold_overdue := (item ->> 'holdOverdue')::boolean; end if;
    if item ? 'papers' then l.papers := (item ->> 'papers')::boolean; end if;
    if item ? 'waitsUntil' then l.waits_until := (item ->> 'waitsUntil')::bigint; end if;
    if item ? 'uncalled' then
      l.calls := 0; l.call_id := null; l.call_counter_id := null; l.called_at := null; l.on_paper := false;
    end if;
    if item ? 'skill' then l.skill := item ->> 'skill'; end if;
    if item ? 'language' then
      l.language := item ->> 'language';
      update nuanhao.ticket set language = l.language where id = l.ticket_id;
    end if;
    if item ? 'next' then l.next := array(select jsonb_array_elements_text(item -> 'next')); end if;
    if item ? 'credit' then
      l.credit := (item ->> 'credit')::bigint;
      l.v := l.arrived_at - l.credit;
    end if;
    if item ? 'enter' then
      if item ->> 'enter' = 'rejoin' then l.v := nuanhao.rejoin_v(l); end if;
      if item ->> 'enter' = 'let-first' then l.v := nuanhao.let_first_v(l); end if;
      s.entry := s.entry + 1;
      l.n := s.entry;
      l.stint := l.stint + 1;
    end if;
    if item ? 'calledAt' then
      l := nuanhao.record_call(before, l, (item ->> 'calledAt')::bigint, (item ->> 'startedAt')::bigint,
                               (item ->> 'endedAt')::bigint, item -> 'past', seq_, actor_);
    else
      if item ? 'startedAt' or item ? 'endedAt' then
        l := nuanhao.correct_times(l, (item ->> 'startedAt')::bigint, (item ->> 'endedAt')::bigint, seq_, actor_);
      end if;
      l := nuanhao.put_leg(before, l, coalesce((item ->> 'since')::bigint, at_), seq_, actor_);
    end if;
    legs_ := legs_ || nuanhao.leg_view(l);
    from_ := from_ || nuanhao.whereabouts(before);
    if before.state = 'waiting' and (l.state <> 'waiting' or l.stint <> before.stint) then
      left_ := left_ || nuanhao.leg_view(before);
    end if;
    if l.state = 'waiting' and (before.state <> 'waiting' or l.stint <> before.stint) then
      entered_ := entered_ || nuanhao.leg_view(l);
    end if;
    undo_ := jsonb_build_object('legs', coalesce(undo_ -> 'legs', '[]') || to_jsonb(before), 'created', '[]'::jsonb);
    -- What is not done at a counter leaves the counter's last action what it was.
    if ch ->> 'event' not in ('ticket:rejoined', 'ticket:changed', 'ticket:cancelled', 'ticket:expired',
                              'ticket:corrected', 'ticket:hold-overdue', 'ticket:more-time', 'ticket:renumbered') then
      at_counter := coalesce(at_counter, l.counter_id, before.counter_id);  -- of several legs the first is the one it was said of
    end if;
  end loop;

  for item in select * from jsonb_array_elements(ch -> 'newLegs') loop
    s.entry := s.entry + 1;
    l := null;
    l.id := gen_random_uuid();
    l.ticket_id := coalesce(item -> 'goesOn' ->> 'ticketId', ch -> 'ticket' ->> 'id');
    l.site_id := s.id;
    select t.number, t.language into l.number, l.language from nuanhao.ticket t where t.id = l.ticket_id;
    l.lane_id := item ->> 'laneId';
    l.service_id := item ->> 'serviceId';
    l.state := 'waiting'; l.version := 1; l.stint := 1; l.calls := 0;
    l.arrived_at := coalesce((item -> 'goesOn' ->> 'arrivedAt')::bigint, arrived_, at_);
    l.credit := (item ->> 'credit')::bigint;
    l.v := coalesce((item -> 'goesOn' ->> 'v')::bigint, l.arrived_at - l.credit);
    l.n := s.entry;
    l.assigned_counter_id := item ->> 'assignedCounterId';
    l.assigned_staff_id := item ->> 'assignedStaffId';
    l.skill := item ->> 'skill';
    l.hold_overdue := false; l.papers := false; l.on_paper := false; l.noted := coalesce((item ->> 'noted')::boolean, false);
    l.prepare := coalesce((item ->> 'prepare')::boolean, false);
    l.next := array(select jsonb_array_elements_text(item -> 'next'));
    perform nuanhao.check_promise(l);
    insert into nuanhao.leg select l.*;
    if first_.id is null then first_ := l; end if;
    insert into nuanhao.interval (leg_id, seq, state, from_at, actor)
    values (l.id, seq_, 'waiting', coalesce((item ->> 'since')::bigint, arrived_, at_), actor_);
    legs_ := legs_ || nuanhao.leg_view(l);
    from_ := from_ || 'null'::jsonb;
    entered_ := entered_ || nuanhao.leg_view(l);
    undo_ := undo_ || jsonb_build_object('created', (undo_ -> 'created') || to_jsonb(l.id));
  end loop;

  if ch ? 'note' then
    perform nuanhao.hold_key(s.id, first_.ticket_id, 'visit', ch -> 'note' ->> 'lock');
    insert into nuanhao.note (id, site_id, ticket_id, leg_id, at, author, key_id, nonce, sealed)
    values (ch -> 'note' ->> 'id', s.id, first_.ticket_id, first_.id, at_, actor_, ch -> 'note' ->> 'keyId',
            ch -> 'note' ->> 'nonce', ch -> 'note' ->> 'sealed');
  end if;
  if ch ? 'farewell' then
    update nuanhao.ticket set farewell = ch -> 'farewell'
     where id in (select e ->> 'ticketId' from jsonb_array_elements(legs_) e);
  end if;

  if ch ? 'offerBack' then
    select * into first_ from nuanhao.leg where id = ch ->> 'offerBack';
    outcome_ := outcome_ || jsonb_build_object('already', true);
    update nuanhao.identity set offered_to = actor_, offered_at = at_ where ticket_id = first_.ticket_id;
    -- Who asks by a card is told that its holder is here. [IDENT11]
    insert into nuanhao.audit (site_id, at, actor, origin, action, subject)
    values (s.id, at_, actor_, p ->> 'origin', 'identity:matched', first_.ticket_id);
  end if;

  if ch ? 'ticket' then
    l := first_;
    select outcome_ || jsonb_build_object(
        -- Nobody's v is later than now, so whose v is now has everybody who waits ahead.
        'ahead', case when l.v = at_
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
  if ch ? 'print' then
    -- The first paper is as much a fact as the ticket, and there is one of it. [PRINT1]
    insert into nuanhao.print_job (id, site_id, ticket_id, printer_id, device_id, reprint, ahead, open, free,
                                   state, asked_at, done_at)
    values (first_.ticket_id, s.id, first_.ticket_id, ch -> 'print' ->> 'printerId', ch -> 'print' ->> 'deviceId', false,
            (outcome_ ->> 'ahead')::int, (outcome_ ->> 'open')::int, (outcome_ ->> 'free')::int,
            ch -> 'print' ->> 'state', at_, case when ch -> 'print' ->> 'state' = 'handed-over' then at_ end);
  end if;

  if ch ? 'undo' then
    select * into undone from nuanhao.event
     where site_id = s.id and seq = (ch -> 'undo' ->> 'seq')::bigint and counter_id = ch -> 'undo' ->> 'counterId';
    if undone.undo is null
       or exists (select 1 from nuanhao.event e where e.counter_id = undone.counter_id and e.seq > undone.seq) then
      raise exception 'conflict' using errcode = 'NH409';
    end if;
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

  for item in select * from jsonb_array_elements(ch -> 'counters') loop
    select * into c from nuanhao.counter where id = item ->> 'id' and site_id = s.id;
    sat_ := c.staff_id;
    update nuanhao.counter k
       set status = item ->> 'status', staff_id = item ->> 'staffId', version = k.version + 1, desk = item ->> 'desk',
           since = case when k.status = item ->> 'status' and k.staff_id is not distinct from item ->> 'staffId'
                        then k.since else at_ end,
           skills = coalesce((select a.skills from nuanhao.account a where a.id = item ->> 'staffId'), '{}')
     where k.id = item ->> 'id' and k.site_id = s.id and k.version = (item ->> 'version')::int
    returning * into c;
    if not found then raise exception 'conflict' using errcode = 'NH409'; end if;
    counters_ := counters_ || nuanhao.counter_view(c);
    at_counter := c.id;
    -- Who was promised to a counter that pauses or closes, or to a person who has left, waits for anybody again.
    for before in select * from nuanhao.released(c, sat_) loop
      l := before;
      s.entry := s.entry + 1;
      l.assigned_counter_id := null; l.assigned_staff_id := null; l.n := s.entry; l.stint := l.stint + 1;
      l := nuanhao.put_leg(before, l, at_, seq_, actor_);
      legs_ := legs_ || nuanhao.leg_view(l);
      from_ := from_ || nuanhao.whereabouts(before);
      left_ := left_ || nuanhao.leg_view(before);
      entered_ := entered_ || nuanhao.leg_view(l);
    end loop;
  end loop;

  if ch ? 'askHelp' or ch ? 'help' then
    help_ := nuanhao.change_help(s.id, ch, at_, day_);
    outcome_ := outcome_ || jsonb_build_object('help', case when help_.id is not null then nuanhao.help_view(help_) else (
      select nuanhao.help_view(h) from nuanhao.help_call h
       where h.site_id = s.id and h.kiosk = ch -> 'askHelp' ->> 'kiosk' and h.state in ('ringing', 'escalated', 'coming')) end);
  end if;

  for item in select * from jsonb_array_elements(left_) loop
    update nuanhao.lane_waiting set waiting = waiting - 1 where site_id = s.id and lane_id = item ->> 'laneId';
  end loop;
  for item in select * from jsonb_array_elements(entered_) loop
    insert into nuanhao.lane_waiting as w (site_id, lane_id, waiting) values (s.id, item ->> 'laneId', 1)
    on conflict (site_id, lane_id) do update set waiting = w.waiting + 1;
  end loop;

  outcome_ := outcome_ || jsonb_build_object('counter', counters_ -> 0,
    -- The ticket as it now stands: of a transfer or an issue the leg that begins, else the one the command was about.
    'leg', case when ch ->> 'event' in ('ticket:issued', 'ticket:transferred') then nuanhao.leg_view(first_)
                when ch ? 'undo' then (select e from jsonb_array_elements(legs_) e
                                        where e ->> 'id' = undone.undo -> 'legs' -> 0 ->> 'id')
                else legs_ -> 0 end);
  if ch -> 'pick' ? 'proposed' then
    -- Tells the line whether the job it proposed goes back or is done with, and since when it should have known.
    -- A leg that an undo took back is there no more.
    outcome_ := outcome_ || jsonb_build_object('proposed', coalesce(
      (select jsonb_build_object('waits', p_.state = 'waiting', 'calledAt', p_.called_at)
         from nuanhao.leg p_ where p_.id = ch -> 'pick' ->> 'proposed'),
      jsonb_build_object('waits', false, 'calledAt', null)));
  end if;
  if legs_ = '[]' and counters_ = '[]'
     and (ch ->> 'event' = 'ticket:called' or help_.id is null and ch ? 'askHelp' or ch ? 'offerBack') then
    -- Nobody waits, help is called already, or so is the ticket taken: no fact, so no event; the key still answers the same to a retry.
    outcome_ := outcome_ || jsonb_build_object('seq', s.seq);
    event_ := null;
  else
    payload_ := jsonb_build_object('legs', legs_, 'from', from_, 'counters', counters_);
    if help_.id is not null then
      payload_ := payload_ || jsonb_build_object('help', jsonb_build_array(nuanhao.help_view(help_)));
    end if;
    if ch ? 'exception' then payload_ := payload_ || jsonb_build_object('exception', ch -> 'exception'); end if;
    -- Taking a call back changes the wall in ways only the truth knows, and so do another number and a call nobody announced.
    if ch ? 'undo' or ch ? 'renumber' or ch ->> 'event' = 'ticket:recorded' then payload_ := payload_ || jsonb_build_object('wall',
      case when day_ > s.day then '[]'::jsonb else nuanhao.wall(s.id, 10) end); end if;
    event_ := jsonb_build_object('type', ch ->> 'event', 'seq', seq_, 'at', at_, 'day', day_,
                                 'revision', s.revision) || payload_;
    insert into nuanhao.event (site_id, seq, at, day, type, payload, counter_id, undo)
    values (s.id, seq_, at_, day_, ch ->> 'event', payload_ || jsonb_build_object('revision', s.revision), at_counter,
            undo_);
    insert into nuanhao.audit (site_id, at, actor, origin, action, subject, seq, reason)
    values (s.id, at_, actor_, p ->> 'origin', ch ->> 'event', coalesce(legs_ -> 0 ->> 'ticketId', counters_ -> 0 ->> 'id', help_.id), seq_,
            ch ->> 'reason');
    update nuanhao.site
       set seq = seq_, clock = at_, entry = s.entry,
           day_seq = case when day_ > s.day then s.seq else s.day_seq end, day = day_
     where id = s.id;
  end if;
  if p ? 'key' then
    insert into nuanhao.idempotency (site_id, principal, key, digest, outcome, at)
    values (s.id, p ->> 'principal', p ->> 'key', p ->> 'digest', outcome_, at_)
    on conflict (site_id, principal, key) do update set digest = excluded.digest, outcome = excluded.outcome, at = excluded.at;
  end if;
  return outcome_ || jsonb_build_object('event', event_, 'left', left_, 'entered', entered_);
end $$;
