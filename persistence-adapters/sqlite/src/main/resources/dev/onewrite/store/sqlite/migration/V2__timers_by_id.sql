-- Timers due at the same time by id, so that the first thousand are of many entities.
drop index timer_due;
create index timer_due on timer (due, timer_id, slice);
