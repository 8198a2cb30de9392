-- A director looks at the hall and its figures; an auditor reads its logs. Neither changes anything.

alter table nuanhao.account drop constraint account_role_check,
  add constraint account_role_check
    check (role in ('staff', 'volunteer', 'supervisor', 'director', 'auditor', 'administrator'));
