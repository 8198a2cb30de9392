-- What screens say of themselves. [HEALTH2]

alter table nuanhao.device
  -- the file its page began with
  add column build    text,
  -- its clock, ahead of the server's, ms
  add column skew     bigint,
  -- the kind of what went wrong last
  add column error    text,
  add column error_at bigint;
