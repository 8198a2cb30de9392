-- Pictures of notices, named by the SHA-256 of their content: settings say the name, so that they stay small.
create table nuanhao.picture (
  id    text primary key,
  type  text not null,
  -- base64
  data  text not null
);

-- Halls that were set up before their displays could be.
update nuanhao.site set settings = '{"display": {"one": "yao", "voice": null, "readingDistance": null, "screen": 43,
  "zones": []}}'::jsonb || settings;
