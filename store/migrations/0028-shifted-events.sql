-- A confirmed clock takes back the days that have not come, their events too; the audit, which never changes, has them
-- as they were written down. [CLOCK5]
alter table nuanhao.event add column shifted bigint not null default 0;  -- by how much `at` was moved later, ms
