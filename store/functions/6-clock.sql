-- Staff confirm the machine's time although the log is ahead of it: the whole line moves with the clock, so that
-- nobody's place changes. [CLOCK2]
create or replace function nuanhao.confirm_clock(site_ text, now_ bigint, day_ text, actor_ text, origin_ text)
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
           held_at = held_at + shift_, ended_at = ended_at + shift_,
           version = version + 1
     where site_id = site_ and (state in ('waiting', 'called', 'serving', 'held', 'missed') or call_id > s.day_seq);
    update nuanhao.interval i
       set from_at = from_at + shift_, to_at = to_at + shift_
      from nuanhao.leg l
     where l.id = i.leg_id and l.site_id = site_
       and (l.state in ('waiting', 'called', 'serving', 'held', 'missed') or l.call_id > s.day_seq);
    update nuanhao.help_call
       set asked_at = asked_at + shift_, escalated_at = escalated_at + shift_, answered_at = answered_at + shift_,
           version = version + 1
     where site_id = site_ and state in ('ringing', 'escalated', 'coming');
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
         day_seq = case when day_ <> s.day then s.seq else s.day_seq end
   where id = site_;
  return true;
end $$;
