-- What is over is deleted often, and found among many that are not.
create index set_aside_over on set_aside
  (consumer_group, origin_transaction, origin_ordering) where state in ('FAILING', 'DONE');
