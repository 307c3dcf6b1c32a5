-- After a dump was restored into a new database cluster: raises the cluster's transaction ids past the greatest one
-- in the journal (OW325). Run it with all nodes stopped, outside a transaction, with the schema in the
-- search_path:  PGOPTIONS="-c search_path=onewrite" psql -d DATABASE -f restored.sql
-- It assigns one id after the other, some 100,000 a second and more.
do $$
declare
  greatest_id bigint;
begin
  select greatest(
      (select coalesce(max(transaction_id::text::bigint), 0) from
        (select transaction_id from journal order by transaction_id desc limit 1) as last),
      (select coalesce(max(transaction_id), 0) from consumer_offset))
    into greatest_id;
  while pg_current_xact_id()::text::bigint <= greatest_id loop
    commit;
  end loop;
end
$$;
