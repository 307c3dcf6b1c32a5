-- One row a batch. The tail reads by (transaction_id, ordering), only below the oldest transaction that
-- is still open, so a late commit is never behind a reader. The default gives each row the id of the
-- transaction that inserts it; nobody else writes it. Cache 1: within one history the ordering rises with
-- the sequence number, whichever connection wrote it.
create table journal (
  ordering        bigint  generated always as identity (cache 1),
  persistence_id  text    not null,
  sequence_number bigint  not null,
  slice           integer not null,
  writer          text    not null,
  manifest        text    not null,
  written_at      bigint  not null,
  transaction_id  xid8    not null default pg_current_xact_id(),
  payload         bytea   not null,
  primary key (persistence_id, sequence_number)
);

create index journal_tail on journal (transaction_id, ordering);

create table snapshot (
  persistence_id  text    not null,
  sequence_number bigint  not null,
  manifest        text    not null,
  written_at      bigint  not null,
  payload         bytea   not null,
  primary key (persistence_id, sequence_number)
);

-- How far each range of slices of a group is. Ranges of former numbers of workers stay.
create table consumer_offset (
  consumer_group  text    not null,
  slice_from      integer not null,
  slice_to        integer not null,
  transaction_id  bigint  not null,
  ordering        bigint  not null,
  redrive         integer not null,
  primary key (consumer_group, slice_from, slice_to)
) with (fillfactor = 50); -- updated in place, many times a second

-- The published floor of a group; never lowered.
create table consumer_floor (
  consumer_group  text    not null primary key,
  transaction_id  bigint  not null,
  ordering        bigint  not null,
  redrive         integer not null
) with (fillfactor = 50);

-- Pending timers by due time: an index of the journal, made by a group of its own.
create table timer (
  persistence_id  text    not null,
  timer_id        text    not null,
  slice           integer not null,
  due             bigint  not null,
  sequence_number bigint  not null, -- of the row of its entity's history that set it
  primary key (persistence_id, timer_id)
);

-- By id within a moment, so that the first thousand due at one time are of many entities.
create index timer_due on timer (due, timer_id, slice);
