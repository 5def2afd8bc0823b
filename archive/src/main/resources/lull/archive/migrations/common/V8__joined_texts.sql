-- A text of an agent may be sent in one message with others: the row of the text names the reply that joins it.
alter table reply_part add column joined_version varchar(60);
alter table reply_part add column joined_into varchar(255);
create index reply_part_joined on reply_part (joined_into);
