-- People see where they are signed in, and a password that was made up for somebody is changed first. [SIGNIN4] [SIGNIN6]

alter table nuanhao.account
  -- its password was made up by the program, and nothing else is to be done with it than to choose another
  add column initial boolean not null default false;

alter table nuanhao.session
  -- by which it is spoken of: what opens it is never shown
  add column id     text unique,
  -- the family of the browser, of its system, and whether it was near; null: before this was asked
  add column origin jsonb;
update nuanhao.session set id = substr(encode(sha256(convert_to('session:' || token_hash, 'UTF8')), 'hex'), 1, 32);
alter table nuanhao.session alter column id set not null;
create index session_account on nuanhao.session (account_id);
