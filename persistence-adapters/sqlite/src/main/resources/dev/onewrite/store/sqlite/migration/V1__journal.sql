-- One row a batch. AUTOINCREMENT: a number is never given twice, also not after the greatest row is
-- deleted, so "ordering" is a position in commit order (there is one writer). The slice stands before
-- the payload, so that a reader of some slices skips the others' payloads unread.
create table journal (
  ordering        integer primary key autoincrement,
  persistence_id  text    not null,
  sequence_number integer not null,
  slice           integer not null,
  writer          text    not null,
  manifest        text    not null,
  written_at      integer not null,
  payload         blob    not null,
  unique (persistence_id, sequence_number)
);

create table snapshot (
  persistence_id  text    not null,
  sequence_number integer not null,
  manifest        text    not null,
  written_at      integer not null,
  payload         blob    not null,
  primary key (persistence_id, sequence_number)
);

-- How far each range of slices of a group is. Ranges of former numbers of workers stay.
create table consumer_offset (
  consumer_group  text    not null,
  slice_from      integer not null,
  slice_to        integer not null,
  transaction_id  integer not null,
  ordering        integer not null,
  redrive         integer not null,
  primary key (consumer_group, slice_from, slice_to)
) without rowid;

-- The published floor of a group; never lowered.
create table consumer_floor (
  consumer_group  text    not null primary key,
  transaction_id  integer not null,
  ordering        integer not null,
  redrive         integer not null
) without rowid;

-- Pending timers by due time: an index of the journal, made by a group of its own.
create table timer (
  persistence_id  text    not null,
  timer_id        text    not null,
  slice           integer not null,
  due             integer not null,
  primary key (persistence_id, timer_id)
) without rowid;

create index timer_due on timer (due, slice);
