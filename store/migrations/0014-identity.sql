-- Who a ticket's resident is, where they have shown it: sealed like all that is private, and gone with its day.
create table nuanhao.identity (
  ticket_id  text   primary key references nuanhao.ticket,
  site_id    text   not null,
  mark       text   not null,  -- by which the same identity is known again, at this site on this day and nowhere else
  key_id     text   not null,
  nonce      text   not null,
  sealed     text   not null,
  offered_to text,             -- the screen that this ticket was offered back at last
  offered_at bigint
);
create index identity_mark on nuanhao.identity (site_id, mark);
