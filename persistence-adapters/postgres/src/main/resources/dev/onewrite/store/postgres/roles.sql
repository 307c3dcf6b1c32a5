-- The roles of an Onewrite database. Run once, by a superuser, in the database that Onewrite shall use, before the
-- first migration:  psql -d DATABASE -f roles.sql   May be run again.
--
--   onewrite_owner    owns the schema, applies migrations
--   onewrite_app      what nodes run as: adds to the journal, and cannot update or delete in it
--   onewrite_viewer   reads
--
-- None of them can log in. Give each user its role:
--   create user forms_node password '...' in role onewrite_app;
--   create user forms_migration password '...' in role onewrite_owner;
do $$
begin
  if not exists (select from pg_roles where rolname = 'onewrite_owner') then
    create role onewrite_owner nologin;
  end if;
  if not exists (select from pg_roles where rolname = 'onewrite_app') then
    create role onewrite_app nologin;
  end if;
  if not exists (select from pg_roles where rolname = 'onewrite_viewer') then
    create role onewrite_viewer nologin;
  end if;
end
$$;

-- Another name than "onewrite" goes here and into onewrite.postgres.schema.
create schema if not exists onewrite authorization onewrite_owner;
