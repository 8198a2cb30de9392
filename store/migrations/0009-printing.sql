-- Printed tickets. A job holds ids and counts only: what is on the paper is made when it is printed.

create table nuanhao.print_job (
  id         text    primary key,            -- of a ticket's first paper the ticket's own
  site_id    text    not null references nuanhao.site,
  ticket_id  text    not null references nuanhao.ticket,
  printer_id text    not null,
  device_id  text,                           -- the kiosk that is told what became of it
  reprint    boolean not null,               -- asked for by somebody after the first
  ahead      integer,                        -- what the kiosk said when the ticket was issued
  open       integer,
  free       integer,
  picture    text,                           -- rows a screen has drawn: deflated, base64; only until it is printed
  state      text    not null check (state in ('drawing', 'waiting', 'sending', 'printed', 'given-up', 'handed-over')),
  attempts   integer not null default 0,     -- how often a paper may have come out
  asked_at   bigint  not null,
  done_at    bigint
);
create unique index print_job_once on nuanhao.print_job (ticket_id) where not reprint;
create index print_job_ticket on nuanhao.print_job (ticket_id);
create index print_job_due on nuanhao.print_job (site_id, asked_at) where done_at is null;
create index print_job_done on nuanhao.print_job (site_id, done_at) where done_at is not null;

-- How each printer was when it was last asked, and which server speaks with it now.
create table nuanhao.printer (
  site_id       text   not null references nuanhao.site,
  id            text   not null,
  state         text   not null default 'unknown',
  at            bigint not null default 0,
  claimed_until bigint not null default 0,   -- also the name of the claim
  primary key (site_id, id)
);

-- Halls that were set up before there were printers.
update nuanhao.site set settings = '{"printers": []}'::jsonb || settings where settings <> '{}';
