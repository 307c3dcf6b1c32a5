-- What the roles of roles.sql may do with the tables, where these roles are. Applied after each release that
-- changes it, and to be run by hand, as the owner and with the schema in the search_path, if the roles
-- were made after the tables.
do $$
begin
  if exists (select from pg_roles where rolname = 'onewrite_app') then
    execute format('grant usage on schema %I to onewrite_app', current_schema());
    grant select on onewrite_schema to onewrite_app;
    -- History is added to, never altered.
    revoke all on journal from onewrite_app;
    grant select, insert on journal to onewrite_app;
    grant select, insert, update, delete on snapshot, consumer_offset, timer, set_aside to onewrite_app;
    grant select, insert, update on consumer_floor to onewrite_app;
  end if;
  if exists (select from pg_roles where rolname = 'onewrite_viewer') then
    execute format('grant usage on schema %I to onewrite_viewer', current_schema());
    grant select on journal, snapshot, consumer_offset, consumer_floor, timer, set_aside, onewrite_schema
      to onewrite_viewer;
  end if;
end
$$;
