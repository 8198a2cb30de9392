-- Somebody tries to sign in by a name: counted as a failure at once, and forgotten when it is none, so that of many at the same
-- time no more get a try than one after another would. Gives how long the name is not let in, ms; 0: this one may try. [SIGNIN1]
create or replace function nuanhao.begin_sign_in(name_ text, now_ bigint, free_ int, first_ bigint, longest_ bigint)
returns bigint language plpgsql as $$
declare
  hash_ text := encode(sha256(convert_to(name_, 'UTF8')), 'hex');
  a     nuanhao.sign_in_attempt;
begin
  insert into nuanhao.sign_in_attempt (name_hash, failed, held_until, at) values (hash_, 0, 0, now_) on conflict do nothing;
  select * into a from nuanhao.sign_in_attempt where name_hash = hash_ for update;
  if a.held_until > now_ then return a.held_until - now_; end if;
  update nuanhao.sign_in_attempt
     set failed = a.failed + 1, at = now_,
         held_until = case when a.failed + 1 < free_ then 0
                           else now_ + least(longest_, first_ * power(2, least(a.failed + 1 - free_, 20))::bigint) end
   where name_hash = hash_;
  return 0;
end $$;
