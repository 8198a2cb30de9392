-- The last thing done at a counter, and whether all it touched is as it left it.
create or replace function nuanhao.last_action(site_ text, counter_ text) returns jsonb language sql stable as $$
  select jsonb_build_object('seq', e.seq, 'at', e.at, 'type', e.type, 'untouched', e.undo is not null
    and not exists (select 1 from jsonb_array_elements(e.undo -> 'legs') b join nuanhao.leg l on l.id = b ->> 'id'
                     where l.version <> (b ->> 'version')::int + 1)
    and not exists (select 1 from jsonb_array_elements_text(e.undo -> 'created') b join nuanhao.leg l on l.id = b
                     where l.version <> 1)
    -- Another matter of the same visit has gone on in the meantime.
    and not exists (select 1 from jsonb_array_elements(e.undo -> 'legs') b join nuanhao.leg o on o.ticket_id = b ->> 'ticket_id'
                     where nuanhao.occupies(jsonb_populate_record(null::nuanhao.leg, b)) and o.id <> b ->> 'id'
                       and nuanhao.occupies(o)
                       and not exists (select 1 from jsonb_array_elements(e.undo -> 'legs') c where c ->> 'id' = o.id)))
  from nuanhao.event e where e.site_id = site_ and e.counter_id = counter_ order by e.seq desc limit 1
$$;

-- What the log has of the time in which a leg was called to a counter on paper: domain/past.ts. [PAPER2]
create or replace function nuanhao.past(l nuanhao.leg, counter_ text, from_ bigint, to_ bigint) returns jsonb
language sql stable as $$
  select jsonb_build_object('from', from_, 'to', to_,
    'since', (select i.from_at from nuanhao.interval i where i.leg_id = l.id and i.to_at is null),
    'atCounter', coalesce((select jsonb_agg(nuanhao.stay_view(i) order by i.leg_id, i.seq, i.from_at)
                             from nuanhao.stays_at(counter_, from_, to_) i), '[]'),
    'ofTicket', coalesce((select jsonb_agg(nuanhao.stay_view(i) order by i.leg_id, i.seq, i.from_at)
                            from nuanhao.leg o join nuanhao.interval i on i.leg_id = o.id
                           where o.ticket_id = l.ticket_id and o.id <> l.id and i.state in ('called', 'serving')), '[]'))
$$;

-- The counter of this site where a person sits now, else the one where they usually sit; null if neither.
create or replace function nuanhao.counter_of_staff(site_ text, staff_ text) returns text language sql stable as $$
  select coalesce((select min(c.id) from nuanhao.counter c where c.site_id = site_ and c.staff_id = staff_),
                  (select a.counter_id from nuanhao.account a where a.site_id = site_ and a.id = staff_))
$$;

-- What a command needs to decide, in one read. p: siteId (with inside: who waits, is held or missed) | counterId |
-- siteId + kiosk (a device that brings a ticket it issued by itself) | siteId + mark (of an identity that is shown) |
-- ticketId (with legId when one of several is meant, prefer: a state, when the one in that state is, and counterId when it is called
-- there; with paper: the span of a call made there on paper; with staffId: a person it names), principal + key of the
-- command, and callAt (ms) when the command calls: then likely is the leg it will probably take.
create or replace function nuanhao.situation(p jsonb) returns jsonb language plpgsql stable as $$
declare
  s  nuanhao.site;
  c  nuanhao.counter;
  l  nuanhao.leg;
  ac nuanhao.leg;
  h  nuanhao.help_call;
  nx nuanhao.leg;
  likely_ jsonb;
  seen nuanhao.idempotency;
  issued_ boolean;
begin
  if p ? 'ticketId' then
    select g.* into l from nuanhao.leg g where g.ticket_id = p ->> 'ticketId' and (not p ? 'legId' or g.id = p ->> 'legId')
     order by g.state is not distinct from p ->> 'prefer' desc,
              exists (select 1 from nuanhao.counter_lane k
                       where k.counter_id = p ->> 'counterId' and k.lane_id = g.lane_id) and g.state = 'waiting' desc,
              nuanhao.leg_order(g) limit 1;
    if not found then return null; end if;
    select * into c from nuanhao.counter
     where id = coalesce(p ->> 'counterId', l.counter_id) and site_id = l.site_id and not retired;
    if p ? 'counterId' and c.id is null then return jsonb_build_object('unknown', 'unknown-counter'); end if;
  elsif p ? 'helpId' then
    select * into h from nuanhao.help_call where id = p ->> 'helpId';
    if not found then return null; end if;
    select * into c from nuanhao.counter where id = p ->> 'counterId' and site_id = h.site_id and not retired;
    if p ? 'counterId' and c.id is null then return jsonb_build_object('unknown', 'unknown-counter'); end if;
  elsif p ? 'counterId' then
    select * into c from nuanhao.counter where id = p ->> 'counterId' and not retired;
    if not found then return null; end if;
  end if;
  select * into s from nuanhao.site where id = coalesce(l.site_id, h.site_id, c.site_id, p ->> 'siteId');
  if not found then return null; end if;
  select * into seen from nuanhao.idempotency
   where site_id = s.id and principal = p ->> 'principal' and key = p ->> 'key';
  -- The key of an ordinary issue of which the kiosk heard nothing: that ticket is what the command is about.
  issued_ := p ? 'kiosk' and seen.outcome ->> 'ahead' is not null and seen.outcome -> 'leg' ->> 'number' not like '%-%';
  if issued_ then
    select g.* into l from nuanhao.leg g where g.ticket_id = seen.outcome -> 'leg' ->> 'ticketId'
     order by nuanhao.leg_order(g) limit 1;
  end if;
  if c.id is not null then
    select * into ac from nuanhao.leg where counter_id = c.id and state in ('called', 'serving');
  end if;
  if p ? 'callAt' and ac.id is null and c.status = 'open' then
    nx := nuanhao.pick_next(c, (p ->> 'callAt')::bigint);
    if nx.id is not null then likely_ := nuanhao.leg_view(nx); end if;
  end if;
  return jsonb_build_object(
    'siteId', s.id, 'revision', s.revision, 'clock', s.clock, 'clockHeld', s.clock_held,
    'counter', case when c.id is not null then nuanhao.counter_view(c) end,
    'atCounter', case when ac.id is not null then nuanhao.leg_view(ac) end,
    'leg', case when l.id is not null then nuanhao.leg_view(l) end,
    'others', coalesce((select jsonb_agg(nuanhao.leg_view(o) order by o.n) from nuanhao.leg o
                         where o.ticket_id = l.ticket_id and o.id <> l.id
                           and o.state in ('waiting', 'called', 'serving', 'held', 'missed')), '[]'),
    'inside', case when p ? 'inside' then coalesce((select jsonb_agg(nuanhao.leg_view(o) order by o.n) from nuanhao.leg o
                         where o.site_id = s.id and o.state in ('waiting', 'held', 'missed')), '[]') else '[]' end,
    'colleague', case when p ? 'staffId' then jsonb_build_object('id', p ->> 'staffId',
                  'counterId', nuanhao.counter_of_staff(s.id, p ->> 'staffId')) end,
    'own', case when p ? 'mark' then jsonb_build_object('mark', p -> 'mark', 'legs', coalesce(
             (select jsonb_agg(nuanhao.leg_view(o) order by o.n) from nuanhao.own_legs(s.id, p ->> 'mark') o), '[]')) end,
    'help', case when h.id is not null then nuanhao.help_view(h) end,
    'offer', case when nx.id is not null and s.settings ->> 'offerFor' is not null
                  then nuanhao.offer(c, nx.id, (p ->> 'callAt')::bigint) end,
    'past', case when p ? 'paper' then nuanhao.past(l, c.id, (p -> 'paper' ->> 'from')::bigint,
                                                    (p -> 'paper' ->> 'to')::bigint) end,
    'offline', case when p ? 'kiosk' then jsonb_build_object(
      'absences', coalesce((select jsonb_agg(jsonb_build_object('from', a.from_at, 'to', a.to_at) order by a.from_at)
                              from nuanhao.device_absence a where a.device_id = p ->> 'kiosk'), '[]'),
      'issued', case when issued_ then jsonb_build_object('seq', (seen.outcome ->> 'seq')::bigint, 'known',
        exists (select 1 from nuanhao.leg g where g.ticket_id = l.ticket_id
                 and (g.started_at is not null or g.state in ('serving', 'held', 'completed')))) end) end,
    'last', case when p ? 'undo' then nuanhao.last_action(s.id, c.id) end,
    'likely', likely_,
    'seen', case when seen.key is not null then jsonb_build_object('digest', seen.digest, 'outcome', seen.outcome) end);
end $$;
