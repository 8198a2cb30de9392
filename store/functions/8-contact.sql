-- Word of these screens: whichever was silent for longer than gap_ ms was absent until now. A clock that ran back changes nothing.
create or replace function nuanhao.contact(devices_ text[], now_ bigint, gap_ bigint) returns void language sql as $$
  with seen as (select id, seen_at from nuanhao.device where id = any (devices_) order by id for update),
  absent as (
    insert into nuanhao.device_absence (device_id, from_at, to_at)
    select id, seen_at, now_ from seen where seen_at < now_ - gap_ on conflict do nothing)
  update nuanhao.device d set seen_at = now_ from seen where d.id = seen.id and coalesce(seen.seen_at, 0) < now_
$$;
