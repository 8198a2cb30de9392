-- The open legs of the tickets that whoever shows this identity took today. [TWICE1]
create or replace function nuanhao.own_legs(site_ text, mark_ text) returns setof nuanhao.leg language sql stable as $$
  select l.* from nuanhao.identity i join nuanhao.leg l on l.ticket_id = i.ticket_id
   where i.site_id = site_ and i.mark = mark_ and l.state in ('waiting', 'called', 'serving', 'held', 'missed')
   order by l.n
$$;
