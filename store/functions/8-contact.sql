-- Word of these screens. A kiosk that was silent for longer than gap_ ms was absent until now; of another screen it is enough to
-- know it to gap_ ms. A clock that ran back changes nothing. [OFFLINE6] [HEALTH2]
create or replace function nuanhao.contact(devices_ text[], now_ bigint, gap_ bigint) returns void language sql as $$
  with seen as (
    select id, kind, seen_at from nuanhao.device
     where id = any (devices_) and (kind = 'kiosk' or coalesce(seen_at, 0) < now_ - gap_) order by id for update),
  absent as (
    insert into nuanhao.device_absence (device_id, from_at, to_at)
    select id, seen_at, now_ from seen where kind = 'kiosk' and seen_at < now_ - gap_ on conflict do nothing)
  update nuanhao.device d set seen_at = now_ from seen where d.id = seen.id and coalesce(seen.seen_at, 0) < now_
$$;
