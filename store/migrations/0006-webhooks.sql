-- Programs outside that are told a site's events. The secret that signs is sealed like all that is private.

create table nuanhao.webhook (
  id            text    primary key,
  site_id       text    not null references nuanhao.site,
  url           text    not null,
  events        text[],                        -- null: all
  key_id        text    not null,
  nonce         text    not null,
  sealed        text    not null,
  active        boolean not null default true,
  sent_seq      bigint  not null,              -- the last event it was told, or that was none of its business
  failures      integer not null default 0,    -- since the last success
  failing_since bigint,
  next_at       bigint  not null default 0,    -- not tried before
  claimed_until bigint  not null default 0,    -- by the worker that tells it now; also the name of its claim
  test_at       bigint,                        -- a test was asked for and is not sent yet
  last_at       bigint,
  last_status   integer,
  last_error    text,
  created_at    bigint  not null
);
create index webhook_site on nuanhao.webhook (site_id);
