-- The wrapped data key of a record; null when it has none, or none any more.
create or replace function nuanhao.data_key_of(ticket_ text, kept_ text) returns jsonb language sql stable as $$
  select jsonb_build_object('keyId', k.key_id, 'nonce', k.nonce, 'sealed', k.wrapped)
    from nuanhao.data_key k where k.ticket_id = ticket_ and k.kept = kept_
$$;

-- Before something is written that was sealed with a record's key: the key is still that one, and stays it until this commits, for
-- erasing takes the same lock. Raises NH410 when it is not: seal again, with the key there is now. [ERASE3]
create or replace function nuanhao.hold_key(site_ text, ticket_ text, kept_ text, wrapped_ text) returns boolean language plpgsql as $$
begin
  perform 1 from nuanhao.site where id = site_ for update;
  if not exists (select 1 from nuanhao.data_key where ticket_id = ticket_ and kept = kept_ and wrapped = wrapped_) then
    raise exception 'key-gone' using errcode = 'NH410';
  end if;
  return true;
end $$;
