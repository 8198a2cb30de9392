-- Halls that were set up before there were halls to practise in are real.
update nuanhao.site set settings = '{"practice": false}'::jsonb || settings;
