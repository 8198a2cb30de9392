-- What a resident has with them and what is to be prepared, and everyday words for services.

alter table nuanhao.leg add column prepare boolean not null default false;  -- accommodations were asked for; what, is sealed

-- What the resident said of the materials of a service, and what the counter found: sealed like all that is private.
create table nuanhao.material_check (
  ticket_id  text   not null references nuanhao.ticket,
  service_id text   not null,
  said_by    text   not null check (said_by in ('resident', 'counter')),
  at         bigint not null,
  author     text   not null,
  key_id     text   not null,
  nonce      text   not null,
  sealed     text   not null,
  primary key (ticket_id, service_id, said_by)
);

-- Halls that were set up before services had everyday words.
update nuanhao.site set settings = settings || jsonb_build_object('services',
  (select jsonb_agg('{"says": []}'::jsonb || s order by i)
     from jsonb_array_elements(settings -> 'services') with ordinality as e (s, i)))
 where settings ? 'services';
update nuanhao.site_version set settings = settings || jsonb_build_object('services',
  (select jsonb_agg('{"says": []}'::jsonb || s order by i)
     from jsonb_array_elements(settings -> 'services') with ordinality as e (s, i)))
 where settings ? 'services';
