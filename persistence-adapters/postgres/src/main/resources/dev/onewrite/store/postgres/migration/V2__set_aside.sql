-- Messages outside the stream of their group, each on its way to one receiver. The message itself is in its sender's
-- row of the journal. Origin is where it stands there; hold is the position it is delivered with.
create table set_aside (
  consumer_group     text    not null,
  outgoing_id        text    not null,
  receiver           text    not null,
  sender             text    not null,
  slice              integer not null,
  sequence_number    bigint  not null,
  origin_transaction bigint  not null,
  origin_ordering    bigint  not null,
  outgoing_index     integer not null,
  hold_transaction   bigint  not null,
  hold_ordering      bigint  not null,
  hold_redrive       integer not null,
  state              text    not null,
  attempts_made      integer not null,
  attempts_failed    integer not null,
  first_at           bigint,
  first_reason       text,
  last_at            bigint,
  last_reason        text,
  discarded_by       text,
  discarded_at       bigint,
  discarded_reason   text,
  primary key (outgoing_id, receiver, consumer_group)
);

create index set_aside_sequence on set_aside
  (consumer_group, sender, receiver, state, origin_transaction, origin_ordering, outgoing_index);

create index set_aside_deferred on set_aside
  (consumer_group, hold_transaction, hold_ordering, hold_redrive) where state = 'DEFERRED';
