-- Programs of the hall ask with a key of their own. [APIKEY1]

create table nuanhao.api_key (
  id         text   primary key,
  site_id    text   not null references nuanhao.site,
  name       text   not null,
  -- what it may do, as server/policy.ts says
  scopes     text[] not null,
  key_hash   text   not null unique,
  created_at bigint not null,
  expires_at bigint not null,
  -- to the minute; null: not yet
  used_at    bigint,
  revoked_at bigint
);
create unique index api_key_name on nuanhao.api_key (site_id, name) where revoked_at is null;
