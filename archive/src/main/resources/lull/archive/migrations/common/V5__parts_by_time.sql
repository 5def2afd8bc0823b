-- Chat messages of a day are counted by it.
create index part_by_time on part (accepted_at);
