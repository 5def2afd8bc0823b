-- Ids of customers who were erased, and of what they wrote, as SHA-256 in hexadecimal digits. Records up to that time that have one of
-- them are not archived, so neither a rebuild nor records that were not read yet bring anything back.
create table erased_id (
    digest varchar(64) not null,
    erased_at timestamp(6) with time zone not null,
    primary key (digest)
);
create index erased_id_by_time on erased_id (erased_at);

-- Who erased somebody and when, without the customer.
create table erasure (
    erasure_id varchar(36) not null,
    erased_at timestamp(6) with time zone not null,
    erased_by varchar(1000) not null,
    deleted_rows bigint not null,
    primary key (erasure_id)
);

-- Writers of rows share the lock of this row, and an erasure has it alone: none of them sees half of the other.
create table erasure_gate (
    gate integer not null,
    primary key (gate)
);
insert into erasure_gate (gate) values (1);

create index message_status_of_conversation on message_status (conversation);
create index part_of_conversation on part (conversation);
