-- The wrapped data key of a record; null when it has none, or none any more.
create or replace function nuanhao.data_key_of(ticket_ text, kept_ text) returns jsonb language sql stable as $$
  select jsonb_build_object('keyId', k.key_id, 'nonce', k.nonce, 'sealed', k.wrapped)
    from nuanhao.data_key k where k.ticket_id = ticket_ and k.kept = kept_
$$;
