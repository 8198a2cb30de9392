-- A time that a clock had written which was right until right_: what it wrote later is shift_ ms later, and never before that.
create or replace function nuanhao.shifted(at_ bigint, shift_ bigint, right_ bigint) returns bigint language sql immutable as $$
  select case when at_ > right_ then greatest(at_ + shift_, right_) else at_ end
$$;

-- What was done on days that have not come was done on this one, shift_ ms earlier. No number of a day is given twice: lanes
-- count on after the highest they have given, and a ticket whose number another has keeps its day, which counts on after it. [CLOCK5]
create or replace function nuanhao.take_back_days(site_ text, day_ text, shift_ bigint, right_ bigint) returns void language plpgsql as $$
begin
  insert into nuanhao.service_day (site_id, service_id, day, issued)
  select site_, q.service_id, day_, nuanhao.given_out(site_, q.service_id, day_) + sum(q.issued)
    from nuanhao.service_day q where q.site_id = site_ and q.day > day_ group by q.service_id
  on conflict (site_id, service_id, day) do update set issued = excluded.issued;
  delete from nuanhao.service_day where site_id = site_ and day > day_;

  insert into nuanhao.lane_sequence (site_id, lane_id, day, last)
  select site_, lane_id, day_, max(last) from nuanhao.lane_sequence where site_id = site_ and day >= day_ group by lane_id
  on conflict (site_id, lane_id, day) do update set last = excluded.last;
  update nuanhao.ticket t
     set issued_at = nuanhao.shifted(issued_at, shift_, right_),
         day = case when exists (select 1 from nuanhao.ticket o where o.site_id = site_ and o.number = t.number
                                    and o.day >= day_ and o.day < t.day) then t.day else day_ end
   where site_id = site_ and day > day_;
  delete from nuanhao.lane_sequence q
   where site_id = site_ and day > day_
     and not exists (select 1 from nuanhao.ticket t where t.site_id = site_ and t.day = q.day and t.lane_id = q.lane_id);

  update nuanhao.help_call
     set day = day_, asked_at = asked_at + shift_, escalated_at = escalated_at + shift_, answered_at = answered_at + shift_,
         ended_at = ended_at + shift_
   where site_id = site_ and day > day_ and state in ('done', 'taken-back');
  update nuanhao.help_call set day = day_ where site_id = site_ and day > day_;
  update nuanhao.rating set day = day_, given_at = given_at + shift_ where site_id = site_ and day > day_;
  update nuanhao.suggestion set day = day_, at = at + shift_ where site_id = site_ and day > day_;
  update nuanhao.event set day = day_, at = at + shift_, shifted = shifted + shift_ where site_id = site_ and day > day_;
end $$;

-- Staff confirm the machine's time although the log is ahead of it: the whole line moves with the clock, so that
-- nobody's place changes. [CLOCK2]
create or replace function nuanhao.confirm_clock(site_ text, now_ bigint, day_ text, actor_ text, origin_ text)
returns boolean language plpgsql as $$
declare
  s  nuanhao.site;
  shift_ bigint;
  right_ bigint;  -- until when the clock was right; 0: it was wrong already
  legs_ text[];
begin
  select * into s from nuanhao.site where id = site_ for update;
  if not found or not s.clock_held then return false; end if;
  shift_ := now_ - s.clock;
  if shift_ < 0 then
    select array_agg(l.id) into legs_ from nuanhao.leg l join nuanhao.ticket t on t.id = l.ticket_id
     where l.site_id = site_
       and (l.state in ('waiting', 'called', 'serving', 'held', 'missed') or l.call_id > s.day_seq or t.day > day_);
    if day_ < s.day then
      -- Was it right on all days until this one, and jumped? Then what came after fits in between that and now.
      select e.at into right_ from nuanhao.event e where e.site_id = site_ and e.day <= day_ order by e.seq desc limit 1;
      select case when right_ <= min(e.at) + shift_ then right_ end into right_
        from nuanhao.event e where e.site_id = site_ and e.day > day_;
    end if;
    right_ := coalesce(right_, 0);
    update nuanhao.leg
       set v = v + shift_, arrived_at = nuanhao.shifted(arrived_at, shift_, right_), called_at = nuanhao.shifted(called_at, shift_, right_),
           started_at = nuanhao.shifted(started_at, shift_, right_), held_at = nuanhao.shifted(held_at, shift_, right_),
           ended_at = nuanhao.shifted(ended_at, shift_, right_), waits_until = nuanhao.shifted(waits_until, shift_, right_),
           version = version + 1
     where id = any (legs_);
    update nuanhao.interval
       set from_at = nuanhao.shifted(from_at, shift_, right_), to_at = nuanhao.shifted(to_at, shift_, right_)
     where leg_id = any (legs_);
    update nuanhao.help_call
       set asked_at = nuanhao.shifted(asked_at, shift_, right_), escalated_at = nuanhao.shifted(escalated_at, shift_, right_),
           answered_at = nuanhao.shifted(answered_at, shift_, right_), version = version + 1
     where site_id = site_ and state in ('ringing', 'escalated', 'coming');
    perform nuanhao.take_back_days(site_, day_, shift_, right_);
  end if;
  insert into nuanhao.event (site_id, seq, at, day, type, payload)
  values (site_, s.seq + 1, now_, day_, 'site:clock-confirmed', jsonb_build_object('revision', s.revision,
    'by', least(shift_, 0), 'from', '[]'::jsonb, 'counters', '[]'::jsonb,
    'help', coalesce((select jsonb_agg(nuanhao.help_view(h)) from nuanhao.help_call h
      where h.site_id = site_ and h.state in ('ringing', 'escalated', 'coming')), '[]'), 'legs', coalesce((select jsonb_agg(nuanhao.leg_view(l)) from nuanhao.leg l
      where l.site_id = site_ and l.state in ('waiting', 'called', 'serving', 'held', 'missed')), '[]')));
  insert into nuanhao.audit (site_id, at, actor, origin, action, seq, reason)
  values (site_, now_, actor_, origin_, 'site:clock-confirmed', s.seq + 1, 'moved-by-ms:' || shift_);
  update nuanhao.site
     set clock_held = false, clock = now_, seq = s.seq + 1, day = day_,
         -- Of a day that is taken back the calls stay on the wall.
         day_seq = case when day_ > s.day then s.seq else s.day_seq end
   where id = site_;
  return true;
end $$;
