-- Puts a version of a site's settings in force, all or nothing: settings, counters, lanes, accounts, event and audit row.
-- Returns null when it is in force or withdrawn already, else what the screens and sessions must be told. Whether anything
-- that goes is still in use has been looked at under the same lock (store/versions.ts). [HALL4] [HALL5]
create or replace function nuanhao.take_effect(version_ bigint, now_ bigint, day_ text, actor_ text)
returns jsonb language plpgsql as $$
declare
  ve        nuanhao.site_version;
  s         nuanhao.site;
  l         nuanhao.leg;
  item      jsonb;
  before    jsonb;
  at_       bigint;
  revision_ integer;
  last_     integer;
  legs_     jsonb := '[]';
  from_     jsonb := '[]';
  revoked_  jsonb;
  changed_  jsonb;
begin
  select * into ve from nuanhao.site_version where id = version_;
  select * into s from nuanhao.site where id = ve.site_id for update;
  select * into ve from nuanhao.site_version where id = version_;
  if s.id is null or ve.revision is not null or ve.withdrawn_at is not null then return null; end if;
  at_ := greatest(now_, s.clock);
  day_ := greatest(day_, s.day);
  revision_ := s.revision + 1;

  for item in select * from jsonb_array_elements(ve.settings -> 'counters') loop
    insert into nuanhao.counter (id, site_id, number) values (item ->> 'id', s.id, item ->> 'number')
    on conflict (id) do update set number = excluded.number, retired = false where counter.site_id = s.id;
    delete from nuanhao.counter_lane where counter_id = item ->> 'id';
    insert into nuanhao.counter_lane (counter_id, lane_id, rank, threshold)
    select item ->> 'id', k ->> 'laneId', k ->> 'rank', (k ->> 'threshold')::bigint
      from jsonb_array_elements(item -> 'lanes') k;
  end loop;
  update nuanhao.counter c set retired = true
   where c.site_id = s.id and not exists (select 1 from jsonb_array_elements(ve.settings -> 'counters') k
                                           where k ->> 'id' = c.id);
  delete from nuanhao.counter_lane k using nuanhao.counter c
   where c.id = k.counter_id and c.site_id = s.id and c.retired;

  -- A letter that comes to another lane within the day goes on counting: no number is given twice.
  for item in select * from jsonb_array_elements(ve.settings -> 'lanes') loop
    before := jsonb_path_query_first(s.settings, '$.lanes[*] ? (@.id == $id)', jsonb_build_object('id', item -> 'id'));
    continue when before ->> 'letter' = item ->> 'letter';
    select max(substr(t.number, 2)::int) into last_ from nuanhao.ticket t
     where t.site_id = s.id and t.day = day_ and left(t.number, 1) = item ->> 'letter' and t.number not like '%-%';
    continue when last_ is null;
    insert into nuanhao.lane_sequence as q (site_id, lane_id, day, last) values (s.id, item ->> 'id', day_, last_)
    on conflict (site_id, lane_id, day) do update set last = greatest(q.last, excluded.last);
  end loop;

  -- Whoever gets another role or a hall watches anew. [SIGNIN12]
  select coalesce(jsonb_agg(n.token_hash), '[]') into changed_
    from nuanhao.session n join nuanhao.account a on a.id = n.account_id
    join jsonb_array_elements(ve.accounts) k on k ->> 'username' = a.username
   where a.site_id = s.id and a.role <> k ->> 'role' or a.site_id is null;
  for item in select * from jsonb_array_elements(ve.accounts) loop
    update nuanhao.account a
       set site_id = s.id, name = item -> 'name', role = item ->> 'role', counter_id = item ->> 'counterId',
           skills = array(select jsonb_array_elements_text(item -> 'skills')), active = true, managed = true
     where a.username = item ->> 'username' and (a.site_id is null or a.site_id = s.id);
    continue when found;
    insert into nuanhao.account (id, site_id, username, name, role, counter_id, skills, password_hash, initial)
    values (item ->> 'id', s.id, item ->> 'username', item -> 'name', item ->> 'role', item ->> 'counterId',
            array(select jsonb_array_elements_text(item -> 'skills')), item ->> 'passwordHash',
            coalesce((item ->> 'initial')::boolean, false));
  end loop;
  -- Whoever set the program up belongs to its first hall.
  update nuanhao.account set site_id = s.id where site_id is null and s.revision = 0;
  update nuanhao.account a set active = false
   where a.site_id = s.id and a.managed and a.active
     and not exists (select 1 from jsonb_array_elements(ve.accounts) k where k ->> 'username' = a.username);
  with gone as (delete from nuanhao.session n using nuanhao.account a
                 where a.id = n.account_id and a.site_id = s.id and not a.active returning n.token_hash)
  select coalesce(jsonb_agg(token_hash), '[]') into revoked_ from gone;
  update nuanhao.counter c set skills = a.skills, version = c.version + 1
    from nuanhao.account a where a.id = c.staff_id and c.site_id = s.id and c.skills <> a.skills;
  -- Nobody waits for a person who is not here any more.
  for l in select g.* from nuanhao.leg g join nuanhao.account a on a.id = g.assigned_staff_id
            where g.site_id = s.id and not a.active and g.state in ('waiting', 'called', 'serving', 'held', 'missed') loop
    from_ := from_ || nuanhao.whereabouts(l);
    s.entry := s.entry + case when l.state = 'waiting' then 1 else 0 end;
    update nuanhao.leg set assigned_staff_id = null, version = version + 1,
           n = case when state = 'waiting' then s.entry else n end,
           stint = stint + case when state = 'waiting' then 1 else 0 end
     where id = l.id returning * into l;
    legs_ := legs_ || nuanhao.leg_view(l);
  end loop;

  -- While a service has no quota nobody counts: a quota that is set again later counts anew.
  delete from nuanhao.service_day d
   where d.site_id = s.id and not exists (select 1 from jsonb_array_elements(ve.settings -> 'services') k
                                           where k ->> 'id' = d.service_id and jsonb_typeof(k -> 'quota') = 'number');
  update nuanhao.site_version
     set revision = revision_, in_force_at = at_, held_up = null,
         accounts = (select coalesce(jsonb_agg(k - 'id' - 'passwordHash' - 'initial' order by i), '[]')
                       from jsonb_array_elements(accounts) with ordinality as e (k, i))
   where id = ve.id;
  insert into nuanhao.audit (site_id, at, actor, action, subject, seq, reason)
  values (s.id, at_, actor_, 'site:changed', 'revision ' || revision_,
          case when s.revision > 0 then s.seq + 1 end,
          case when ve.reverts_to is not null then 'reverts-to:' || ve.reverts_to end);
  update nuanhao.site set settings = ve.settings, revision = revision_ where id = s.id;
  -- A hall that begins has no screens to tell.
  if s.revision > 0 then
    insert into nuanhao.event (site_id, seq, at, day, type, payload)
    values (s.id, s.seq + 1, at_, day_, 'site:changed', jsonb_build_object('revision', revision_, 'legs', legs_,
      'from', from_, 'counters', (select coalesce(jsonb_agg(nuanhao.counter_view(c)), '[]')
                                    from nuanhao.counter c where c.site_id = s.id and not c.retired)));
    update nuanhao.site
       set seq = s.seq + 1, entry = s.entry, clock = at_, day_seq = case when day_ > s.day then s.seq else s.day_seq end, day = day_
     where id = s.id;
  end if;
  return jsonb_build_object('revision', revision_, 'revoked', revoked_, 'changed', changed_);
end $$;
