-- The key of a record: of what is kept of one visit for the same time. Wrapped by a key that is not in the database; once it is
-- gone nobody opens the record. In the rows it has sealed, key_id is "own".
create table nuanhao.data_key (
  ticket_id text not null references nuanhao.ticket,
  kept      text not null check (kept in ('visit', 'words')),
  key_id    text not null,
  nonce     text not null,
  wrapped   text not null,
  primary key (ticket_id, kept)
);
create index data_key_wrapped_by on nuanhao.data_key (key_id);
