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
