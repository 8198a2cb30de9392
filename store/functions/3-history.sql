-- Writes a leg that has moved: one version more, the time its state began, and its history.
create or replace function nuanhao.put_leg(before nuanhao.leg, l nuanhao.leg, at_ bigint, seq_ bigint, actor_ text)
returns nuanhao.leg language plpgsql as $$
begin
  l.version := before.version + 1;
  if l.state = 'called' and (before.state <> 'called' or l.calls <> before.calls) then
    l.call_id := seq_; l.called_at := at_; l.call_counter_id := l.counter_id; l.on_paper := false;
  end if;
  if l.state = 'serving' and before.state <> 'serving' then l.started_at := at_; end if;
  if l.state = 'held' and before.state <> 'held' then l.held_at := at_; end if;
  if l.state <> 'held' then l.hold := null; l.hold_overdue := false; end if;
  if l.state <> 'called' then l.waits_until := null; end if;
  if l.state in ('completed', 'missed', 'transferred', 'cancelled', 'expired') then
    if l.state <> before.state then l.ended_at := at_; end if;
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
    call_counter_id = l.call_counter_id, called_at = l.called_at, started_at = l.started_at, ended_at = l.ended_at, on_paper = coalesce(l.on_paper, false), hold = l.hold,
    held_at = l.held_at, hold_overdue = l.hold_overdue, papers = l.papers, noted = l.noted, prepare = l.prepare,
    waits_until = l.waits_until, next = l.next, language = l.language
  where id = l.id
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
   where i.leg_id = before.id and i.state = before.state
     and i.seq = (select max(seq) from nuanhao.interval where leg_id = before.id);
  return before;
end $$;

-- Who was at a counter at some time between two moments, and perhaps who was there just before. Stays at one counter never
-- overlap, so of those that had begun before, only the last may reach into that time.
create or replace function nuanhao.stays_at(counter_ text, from_ bigint, to_ bigint) returns setof nuanhao.interval
language sql stable as $$
  (select i.* from nuanhao.interval i
    where i.counter_id = counter_ and i.state in ('called', 'serving') and i.from_at < from_
    order by i.from_at desc, i.to_at desc nulls first limit 1)
  union all
  select i.* from nuanhao.interval i
   where i.counter_id = counter_ and i.state in ('called', 'serving') and i.from_at >= from_ and i.from_at < to_
$$;

-- Writes down a call that was made on paper: its call, what came of it, and when. What was decided on the log as it was read
-- is looked at again under the lock: a conflict where it does not fit any more. [PAPER2] [PAPER3]
create or replace function nuanhao.record_call(before nuanhao.leg, l nuanhao.leg, called_ bigint, started_ bigint,
  ended_ bigint, past_ jsonb, seq_ bigint, actor_ text)
returns nuanhao.leg language plpgsql as $$
begin
  if nuanhao.past(before, l.counter_id, (past_ ->> 'from')::bigint, (past_ ->> 'to')::bigint) <> past_ then
    raise exception 'conflict' using errcode = 'NH409';
  end if;
  l.version := before.version + 1;
  l.calls := 1; l.call_id := seq_; l.called_at := called_; l.call_counter_id := l.counter_id; l.on_paper := true;
  l.started_at := started_; l.ended_at := ended_;
  l.hold := null; l.hold_overdue := false; l.waits_until := null;
  perform nuanhao.write_leg(l);
  update nuanhao.interval set to_at = called_ where leg_id = l.id and to_at is null;
  insert into nuanhao.interval (leg_id, seq, state, from_at, to_at, actor, counter_id)
  select l.id, seq_, s.state, s.from_at, s.to_at, actor_, l.counter_id
    from (values ('called', called_, coalesce(started_, ended_)), ('serving', started_, ended_),
                 (l.state, ended_, case when l.state = 'completed' then ended_ end)) s (state, from_at, to_at)
   where s.from_at is not null;
  return l;
end $$;

-- Puts right when a leg was begun and when it was done: its intervals still follow each other without gap or overlap, and
-- overlap nobody else's at the counter. ended_ is null for a leg that is not done. [TIMES1]
create or replace function nuanhao.correct_times(l nuanhao.leg, started_ bigint, ended_ bigint, seq_ bigint, actor_ text)
returns nuanhao.leg language plpgsql as $$
declare
  serving nuanhao.interval;
  called  nuanhao.interval;
  until_  bigint;
begin
  -- Of a leg that was put back or held and called again, only the last call and what followed it.
  select * into called from nuanhao.interval where leg_id = l.id and state = 'called' order by seq desc limit 1;
  select * into serving from nuanhao.interval
   where leg_id = l.id and state = 'serving' and seq >= called.seq order by seq desc limit 1;
  until_ := coalesce(ended_, case when serving.seq is null then called.to_at else serving.to_at end);
  if coalesce(started_, ended_) < called.from_at or until_ < coalesce(started_, serving.from_at, called.from_at) then
    raise exception 'times-out-of-order' using errcode = 'NH400';
  end if;
  if ended_ is not null then
    update nuanhao.interval set from_at = ended_, to_at = ended_ where leg_id = l.id and state = 'completed';
    l.ended_at := ended_;
  end if;
  if started_ is not null then
    update nuanhao.interval set to_at = started_ where leg_id = l.id and seq = called.seq and state = 'called';
    if serving.seq is null then
      insert into nuanhao.interval (leg_id, seq, state, from_at, to_at, actor, counter_id)
      values (l.id, seq_, 'serving', started_, until_, actor_, l.counter_id);
    else
      update nuanhao.interval set from_at = started_, to_at = until_ where leg_id = l.id and seq = serving.seq and state = 'serving';
    end if;
    l.started_at := started_;
  elsif serving.seq is not null then
    update nuanhao.interval set to_at = until_ where leg_id = l.id and seq = serving.seq and state = 'serving';
  else
    update nuanhao.interval set to_at = until_ where leg_id = l.id and seq = called.seq and state = 'called';
  end if;
  if exists (select 1 from nuanhao.interval mine
                   cross join nuanhao.stays_at(l.counter_id, mine.from_at, coalesce(mine.to_at, 9223372036854775807)) other
                 where mine.leg_id = l.id and mine.counter_id = l.counter_id and mine.state in ('called', 'serving')
                   and other.leg_id <> l.id
                   and (mine.to_at is null or other.from_at < mine.to_at)
                   and (other.to_at is null or other.to_at > mine.from_at)) then
    raise exception 'times-out-of-order' using errcode = 'NH400';
  end if;
  return l;
end $$;
