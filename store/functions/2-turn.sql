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
                        where o.ticket_id = l.ticket_id and nuanhao.occupies(o))
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

-- When a leg came to wait as far as the hall could know: one that a kiosk issued by itself, when it was brought; one that
-- follows a call on paper, when that was entered.
create or replace function nuanhao.entered_at(leg_ text) returns bigint language sql stable as $$
  select case when l.number like '%-%' or e.type = 'ticket:recorded' then greatest(i.from_at, e.at) else i.from_at end
    from nuanhao.interval i join nuanhao.leg l on l.id = i.leg_id
    left join nuanhao.event e on e.site_id = l.site_id and e.seq = i.seq
   where i.leg_id = leg_ and i.to_at is null
$$;

-- Where tickets are offered in turn: when the leg that counter c would call came to wait, and every free counter that would
-- call the same one, each with the time since which it has nobody. [OFFER1]
create or replace function nuanhao.offer(c nuanhao.counter, next_ text, now_ bigint) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'enteredAt', nuanhao.entered_at(next_),
    'free', jsonb_agg(jsonb_build_object('counterId', k.id, 'number', k.number, 'since', greatest(k.since,
              (select e.at from nuanhao.event e where e.counter_id = k.id and e.type <> 'ticket:recorded'
                order by e.seq desc limit 1)))))
    from nuanhao.counter k
   where k.site_id = c.site_id and k.status = 'open'
     and not exists (select 1 from nuanhao.leg a where a.counter_id = k.id and a.state in ('called', 'serving'))
     and (nuanhao.pick_next(k, now_)).id = next_
$$;

-- v of a leg that rejoins its lane: the larger of its own and that of the third waiting, or of the last if there are
-- fewer. [REJOIN2]
create or replace function nuanhao.rejoin_v(l nuanhao.leg) returns bigint language sql stable as $$
  select greatest(l.v, (select max(w.v) from (
    select v from nuanhao.leg where site_id = l.site_id and lane_id = l.lane_id and state = 'waiting'
     order by v, n limit 3) w))
$$;

-- The place of a waiting leg that lets others go first: behind the third of the others, or behind the last. Refused where
-- three are ahead anyway, and where nobody is behind. [MORETIME1]
create or replace function nuanhao.let_first_v(l nuanhao.leg) returns bigint language plpgsql stable as $$
declare
  ahead_ integer; behind_ integer;
begin
  select count(*) filter (where (w.v, w.n) < (l.v, l.n)), count(*) filter (where (w.v, w.n) > (l.v, l.n))
    into ahead_, behind_
    from nuanhao.leg w where w.site_id = l.site_id and w.lane_id = l.lane_id and w.state = 'waiting' and w.id <> l.id;
  if ahead_ >= 3 then raise exception 'still-time' using errcode = 'NH400'; end if;
  if behind_ = 0 then raise exception 'nobody-behind' using errcode = 'NH400'; end if;
  return greatest(l.v, (select max(w.v) from (
    select v from nuanhao.leg where site_id = l.site_id and lane_id = l.lane_id and state = 'waiting' and id <> l.id
     order by v, n limit 3) w));
end $$;
