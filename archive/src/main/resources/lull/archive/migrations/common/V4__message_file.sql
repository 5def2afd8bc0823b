-- Files of messages and replies that are in the media store. A table of its own, because the record that names the file is not the one
-- of the message, and may come first.
create table message_file (
    message_id varchar(255) not null,
    last_version varchar(60),
    conversation varchar(255),
    sha256 varchar(255),
    media_type varchar(255),
    filename varchar(1000),
    size_bytes bigint,
    kept_at timestamp(6) with time zone,
    primary key (message_id)
);
create index message_file_of_conversation on message_file (conversation);
create index message_file_by_digest on message_file (sha256);
create index message_file_by_time on message_file (kept_at);

-- Files of erased customers that are still to be deleted from the media store. The archive's own.
create table erased_file (
    sha256 varchar(255) not null,
    primary key (sha256)
);
