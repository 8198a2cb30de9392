-- The desk: volunteers, and papers that say why.

alter table nuanhao.account drop constraint account_role_check,
  add constraint account_role_check check (role in ('staff', 'volunteer', 'supervisor', 'administrator'));

-- Of a paper that says why a ticket stands where it stands: of those ahead, how many had come before. Null: the ticket's own.
alter table nuanhao.print_job add column why_before integer;
