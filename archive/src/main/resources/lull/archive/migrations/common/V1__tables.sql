-- Tables of the archive, the same on PostgreSQL and H2. Class Tables names them, and TablesTest compares both.
--
-- A column named ..._version holds the place of the record that the columns after it come from: its time, topic, partition and offset
-- as digits, so that they compare as text. It decides which of two records counts, in whatever order they arrive.

create table consumed_offset (
    log_topic varchar(255) not null,
    log_partition integer not null,
    next_offset bigint not null,
    primary key (log_topic, log_partition)
);

create table conversation (
    conversation varchar(255) not null,
    business_number varchar(255) not null,
    customer varchar(255) not null,
    last_activity_at timestamp(6) with time zone,
    last_inbound_at timestamp(6) with time zone,
    last_outbound_at timestamp(6) with time zone,
    name_version varchar(60),
    name varchar(1000),
    username_version varchar(60),
    username varchar(1000),
    phone_version varchar(60),
    phone varchar(255),
    user_id_version varchar(60),
    user_id varchar(255),
    primary key (conversation)
);
create index conversation_of_number on conversation (business_number, last_activity_at, conversation);
create index conversation_by_activity on conversation (last_activity_at, conversation);
create index conversation_of_customer on conversation (customer);
create index conversation_of_phone on conversation (phone);
create index conversation_of_user on conversation (user_id);

-- The archive's own: no topic has it, so no rebuild deletes it.
create table conversation_state (
    conversation varchar(255) not null,
    archived_at timestamp(6) with time zone,
    archived_by varchar(255),
    read_until timestamp(6) with time zone,
    primary key (conversation)
);

create table message (
    message_id varchar(255) not null,
    first_version varchar(60),
    whatsapp_id varchar(255),
    conversation varchar(255),
    business_number varchar(255),
    direction varchar(3),
    kind varchar(255),
    body varchar(100000),
    media_id varchar(2048),
    media_type varchar(255),
    filename varchar(1000),
    sender varchar(255),
    sender_name varchar(1000),
    refers_to varchar(255),
    sent_at timestamp(6) with time zone,
    happened_at timestamp(6) with time zone,
    primary key (message_id)
);
create index message_of_conversation on message (conversation, happened_at, message_id);
create index message_by_direction on message (direction, happened_at, message_id);
create index message_of_sender on message (sender, happened_at, message_id);
create index message_by_kind on message (kind, happened_at, message_id);
create index message_by_time on message (happened_at, message_id);

create table message_status (
    message_id varchar(255) not null,
    status varchar(255) not null,
    happened_at timestamp(6) with time zone,
    first_version varchar(60),
    whatsapp_id varchar(255),
    conversation varchar(255),
    reply_id varchar(255),
    part_number integer,
    error_code integer,
    error_reason varchar(2000),
    primary key (message_id, status)
);

create table turn (
    turn_id varchar(255) not null,
    first_version varchar(60),
    conversation varchar(255),
    business_number varchar(255),
    cause varchar(255),
    gap_millis bigint,
    urgent boolean,
    first_received_at timestamp(6) with time zone,
    last_received_at timestamp(6) with time zone,
    closed_at timestamp(6) with time zone,
    items integer,
    messages integer,
    log_topic varchar(255),
    route_rule varchar(255),
    handed_over_version varchar(60),
    handed_over_at timestamp(6) with time zone,
    handed_over_reason varchar(2000),
    primary key (turn_id)
);
create index turn_of_conversation on turn (conversation, closed_at);

create table turn_message (
    turn_id varchar(255) not null,
    message_id varchar(255) not null,
    closed_at timestamp(6) with time zone,
    primary key (turn_id, message_id)
);
create index turn_of_message on turn_message (message_id);

create table part (
    turn_id varchar(255) not null,
    item_number integer not null,
    part_number integer not null,
    dead_letter varchar(300) not null,
    first_version varchar(60),
    conversation varchar(255),
    contact_id varchar(255),
    connect_id varchar(255),
    is_last boolean,
    accepted_at timestamp(6) with time zone,
    primary key (turn_id, item_number, part_number, dead_letter)
);
create index part_by_connect_id on part (connect_id);
create index part_of_chat on part (contact_id);

create table chat (
    contact_id varchar(255) not null,
    last_version varchar(60),
    conversation varchar(255),
    opened_by_turn varchar(255),
    opened_at timestamp(6) with time zone,
    connected_at timestamp(6) with time zone,
    ended_at timestamp(6) with time zone,
    primary key (contact_id)
);
create index chat_of_conversation on chat (conversation, opened_at);
create index chat_of_turn on chat (opened_by_turn);

create table reply (
    reply_id varchar(255) not null,
    first_version varchar(60),
    conversation varchar(255),
    business_number varchar(255),
    origin varchar(255),
    origin_name varchar(1000),
    contact_id varchar(255),
    kind varchar(255),
    quoted_message_id varchar(255),
    requested_at timestamp(6) with time zone,
    expires_at timestamp(6) with time zone,
    turn_version varchar(60),
    turn_id varchar(255),
    primary key (reply_id)
);
create index reply_of_conversation on reply (conversation, requested_at);
create index reply_of_chat on reply (contact_id);
create index reply_of_turn on reply (turn_id);

create table reply_part (
    reply_id varchar(255) not null,
    part_number integer not null,
    outcome_version varchar(60),
    outcome varchar(255),
    message_version varchar(60),
    message_id varchar(255),
    refused_version varchar(60),
    refused_code integer,
    refused_reason varchar(2000),
    doubted_version varchar(60),
    doubted varchar(255),
    error_version varchar(60),
    error_code integer,
    error_reason varchar(2000),
    intended_at timestamp(6) with time zone,
    sent_at timestamp(6) with time zone,
    delivered_at timestamp(6) with time zone,
    read_at timestamp(6) with time zone,
    failed_at timestamp(6) with time zone,
    doubted_at timestamp(6) with time zone,
    last_at timestamp(6) with time zone,
    primary key (reply_id, part_number)
);
create index reply_part_of_message on reply_part (message_id);
create index reply_part_failed on reply_part (failed_at, reply_id, part_number);

create table account_event (
    log_topic varchar(255) not null,
    log_partition integer not null,
    log_offset bigint not null,
    appended_at timestamp(6) with time zone,
    field varchar(255),
    account_id varchar(255),
    happened_at timestamp(6) with time zone,
    raw varchar(100000),
    primary key (log_topic, log_partition, log_offset)
);
create index account_event_by_time on account_event (happened_at);

create table setting_change (
    log_topic varchar(255) not null,
    log_partition integer not null,
    log_offset bigint not null,
    appended_at timestamp(6) with time zone,
    input_topic varchar(255),
    setting varchar(255),
    business_number varchar(255),
    new_value varchar(100000),
    changed_by varchar(1000),
    changed_at timestamp(6) with time zone,
    partitions integer,
    failed_partitions integer,
    primary key (log_topic, log_partition, log_offset)
);
create index setting_change_by_time on setting_change (changed_at);

create table dead_letter (
    dead_letter varchar(300) not null,
    appended_at timestamp(6) with time zone,
    of_topic varchar(255),
    record_key varchar(255),
    place varchar(255),
    part_number varchar(255),
    reason varchar(255),
    problem varchar(2000),
    handled_version varchar(60),
    handled_action varchar(255),
    handled_by varchar(1000),
    handled_at timestamp(6) with time zone,
    handled_why varchar(2000),
    primary key (dead_letter)
);
create index dead_letter_by_time on dead_letter (appended_at);

create table unreadable_record (
    log_topic varchar(255) not null,
    log_partition integer not null,
    log_offset bigint not null,
    appended_at timestamp(6) with time zone,
    problem varchar(2000),
    primary key (log_topic, log_partition, log_offset)
);
create index unreadable_record_by_time on unreadable_record (appended_at);

create table customer_alias (
    business_number varchar(255) not null,
    old_id varchar(255) not null,
    last_version varchar(60),
    new_id varchar(255),
    received_at timestamp(6) with time zone,
    primary key (business_number, old_id)
);

create table topic_layout (
    topic varchar(255) not null,
    last_version varchar(60),
    partitions integer,
    recorded_at timestamp(6) with time zone,
    primary key (topic)
);

create table hop (
    log_topic varchar(255) not null,
    log_partition integer not null,
    log_offset bigint not null,
    appended_at timestamp(6) with time zone,
    happened_at timestamp(6) with time zone,
    step varchar(255),
    detail varchar(2000),
    conversation varchar(255),
    message_id varchar(255),
    turn_id varchar(255),
    contact_id varchar(255),
    connect_id varchar(255),
    reply_id varchar(255),
    part_number integer,
    dead_letter varchar(300),
    primary key (log_topic, log_partition, log_offset)
);
create index hop_of_conversation on hop (conversation, happened_at);
create index hop_of_message on hop (message_id);
create index hop_of_turn on hop (turn_id);
create index hop_of_chat on hop (contact_id);
create index hop_of_connect_id on hop (connect_id);
create index hop_of_reply on hop (reply_id);
create index hop_of_dead_letter on hop (dead_letter);
create index hop_by_time on hop (happened_at);
