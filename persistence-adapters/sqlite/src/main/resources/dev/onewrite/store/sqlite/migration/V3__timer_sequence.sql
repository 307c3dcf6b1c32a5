-- Which row of its entity's history set a timer; 0 for those set before this was kept.
alter table timer add column sequence_number integer not null default 0;
