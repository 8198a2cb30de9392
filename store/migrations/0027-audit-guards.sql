-- What the audit hangs on is guarded as its rows are: the ends of chains, the volumes, the heads.

-- Whatever is written goes into the open volume; the rest is as it was (0018). [AUDIT2]
create or replace function nuanhao.link_audit() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if exists (select from nuanhao.audit_volume where volume > new.volume) then
    raise exception 'volume % of the audit is closed', new.volume using errcode = 'NH403';
  end if;
  new.site_id := coalesce(new.site_id, '');
  new.origin := coalesce(new.origin, case split_part(new.actor, ':', 1)
                  when 'chore' then 'program' when 'operator' then 'command-line' else 'unknown' end);
  -- The site's row first, as in a commit: so nobody waits for each other crosswise.
  perform from nuanhao.site where id = new.site_id for no key update;
  for tries in 1 .. 2 loop
    update nuanhao.audit_chain c
       set n = c.n + 1, prev = c.hash, hash = sha256(convert_to(encode(c.hash, 'hex') || E'\n' || json_build_array(new.site_id,
             c.n + 1, new.at, new.actor, new.origin, new.action, new.subject, new.seq, new.result, new.reason)::text, 'UTF8'))
     where c.site_id = new.site_id
    returning c.n, c.prev, c.hash into new.n, new.prev, new.hash;
    exit when found;
    insert into nuanhao.audit_chain select new.site_id, 0, z, z from decode(repeat('00', 32), 'hex') z on conflict do nothing;
  end loop;
  return new;
end $$;

-- The end of a chain moves with a row that is written, and not otherwise: from within link_audit.
create trigger kept before insert or update on nuanhao.audit_chain for each row when (pg_trigger_depth() < 1)
  execute function nuanhao.refuse_change();
create trigger never_gone before delete on nuanhao.audit_chain for each row execute function nuanhao.refuse_change();
create trigger kept_whole before truncate on nuanhao.audit_chain execute function nuanhao.refuse_change();

-- A volume is written down when its part is there, and as gone when it is not; nothing else of it changes. [AUDIT4]
create function nuanhao.guard_volume() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
declare
  there_ boolean := to_regclass('nuanhao.audit_' || new.volume) is not null;
begin
  if tg_op = 'INSERT' and there_ and new.pruned_at is null and new.volume = (select max(volume) + 1 from nuanhao.audit_volume)
     and new.opened_at <= ceil(extract(epoch from clock_timestamp()) * 1000) then
    return new;
  end if;
  if tg_op = 'UPDATE' and not there_ and (new.volume, new.opened_at) = (old.volume, old.opened_at)
     and old.pruned_at is null and new.pruned_at is not null then
    return new;
  end if;
  raise exception 'nothing of the audit is changed or removed: % of a volume refused', tg_op using errcode = 'NH403';
end $$;
create trigger kept before insert or update on nuanhao.audit_volume for each row execute function nuanhao.guard_volume();
create trigger never_gone before delete on nuanhao.audit_volume for each row execute function nuanhao.refuse_change();
create trigger kept_whole before truncate on nuanhao.audit_volume execute function nuanhao.refuse_change();

-- A head is of a row, or of what was known before; where a chain did not hold from its beginning there is none to name. That
-- of a volume is of the last row before the next. [AUDIT4]
create function nuanhao.guard_head() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
declare
  closed_ integer := substring(new.name from '^volume (\d{1,9})$');
begin
  if not (exists (select from nuanhao.audit a where a.site_id = new.site_id and a.n = new.n and a.hash = new.hash)
       or exists (select from nuanhao.audit_chain c where c.site_id = new.site_id and c.n = new.n and c.hash = new.hash)
       or exists (select from nuanhao.audit_head h where h.site_id = new.site_id and h.n = new.n and h.hash = new.hash)
       or new.n = 0 and new.bad is not null) then
    raise exception 'a head of the audit is refused: there is no such row' using errcode = 'NH403';
  end if;
  if closed_ is not null
     and (not exists (select from nuanhao.audit_volume v where v.volume > closed_)
       or exists (select from nuanhao.audit a where a.site_id = new.site_id and a.n > new.n and a.volume <= closed_)
       or exists (select from nuanhao.audit a where a.site_id = new.site_id and a.n <= new.n and a.volume > closed_)) then
    raise exception 'a head of the audit is refused: that volume does not end there' using errcode = 'NH403';
  end if;
  return new;
end $$;
create trigger of_a_row before insert on nuanhao.audit_head for each row execute function nuanhao.guard_head();
