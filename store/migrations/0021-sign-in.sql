-- Sign-ins that failed, by the hash of the name that was typed: it may be a password in the wrong field. [SIGNIN1]

create table nuanhao.sign_in_attempt (
  name_hash  text   primary key,
  failed     int    not null,
  -- Not let in before, ms. 0: let in.
  held_until bigint not null,
  at         bigint not null
);
