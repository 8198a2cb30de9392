-- Volumes of the audit. Both functions take their rights from whoever made them, so that a role that may only add rows can run them.
-- Waiting for writers would make all others wait behind it, so it is not done for long: the chore comes again.

-- Opens the next volume when the present one is of another month, and writes down where each chain went over. Returns the volume
-- that is open. Until it has run, rows go on into the old one. The moment is the caller's, and never later than the database's:
-- it tells when the old one was closed. It only goes back where the clock was wrong before. [AUDIT8]
create or replace function nuanhao.turn_volume(now_ bigint) returns integer
language plpgsql security definer set search_path = pg_catalog set lock_timeout = '1s' as $$
declare
  v nuanhao.audit_volume;
  clock_ bigint := extract(epoch from clock_timestamp()) * 1000;
  at_ bigint := least(now_, clock_);
begin
  lock table nuanhao.audit_volume in share row exclusive mode;
  select * into v from nuanhao.audit_volume order by volume desc limit 1;
  if at_ < v.opened_at and v.opened_at <= clock_
     or to_char(to_timestamp(at_ / 1000.0) at time zone 'UTC', 'YYYY-MM') = to_char(to_timestamp(v.opened_at / 1000.0) at time zone 'UTC', 'YYYY-MM') then
    return v.volume;
  end if;
  -- From here on nobody writes, so all heads are of one moment.
  lock table nuanhao.audit in access exclusive mode;
  execute format('create table nuanhao.audit_%s partition of nuanhao.audit for values from (%s) to (%s)',
                 v.volume + 1, v.volume + 1, v.volume + 2);
  execute format('create trigger kept_whole before truncate on nuanhao.audit_%s execute function nuanhao.refuse_change()', v.volume + 1);
  insert into nuanhao.audit_volume values (v.volume + 1, at_);
  insert into nuanhao.audit_head (site_id, name, n, hash, at)
  select site_id, 'volume ' || v.volume, n, hash, at_ from nuanhao.audit_chain where n > 0;
  return v.volume + 1;
end $$;

-- Removes the volumes that were closed longer ago than kept_ says, and whose last row is older, and never less than 184 days ago,
-- by this clock and by the database's. Returns how many. [AUDIT8]
create or replace function nuanhao.prune_audit(now_ bigint, kept_ bigint) returns integer
language plpgsql security definer set search_path = pg_catalog set lock_timeout = '1s' as $$
declare
  v     record;
  until_ bigint := least(now_, (extract(epoch from clock_timestamp()) * 1000)::bigint) - greatest(kept_, 184::bigint * 86400000);
  gone_ integer := 0;
begin
  for v in select o.volume from nuanhao.audit_volume o join nuanhao.audit_volume c on c.volume = o.volume + 1
            where o.pruned_at is null and c.opened_at <= until_ order by o.volume loop
    -- Only a whole beginning goes.
    exit when exists (select 1 from nuanhao.audit_volume e where e.volume < v.volume and e.pruned_at is null);
    exit when exists (select 1 from nuanhao.audit_chain c where c.n > 0
                        and exists (select 1 from nuanhao.audit a where a.site_id = c.site_id and a.volume = v.volume)
                        and not exists (select 1 from nuanhao.audit_head h
                                         where h.site_id = c.site_id and h.name = 'volume ' || v.volume));
    exit when exists (select from nuanhao.audit a where a.volume = v.volume and a.at > until_);
    execute format('drop table nuanhao.audit_%s', v.volume);
    update nuanhao.audit_volume set pruned_at = now_ where volume = v.volume;
    insert into nuanhao.audit (site_id, at, actor, action, subject) values ('', now_, 'chore:keep-audit', 'audit:pruned', v.volume);
    gone_ := gone_ + 1;
  end loop;
  return gone_;
end $$;
