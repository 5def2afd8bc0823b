-- The ledger: what WhatsApp and Amazon Connect charge for, a row for each message. Amounts are not in it, because prices are not in the
-- topics. An erasure keeps the row, without everything that says whose it was, so that sums stay.

-- A message of the business to a recipient. It is charged when it was delivered.
create table whatsapp_charge (
    message_id varchar(255) not null,
    -- The member of a group; empty for a message to one customer.
    recipient varchar(255) not null,
    first_version varchar(60),
    conversation varchar(255),
    business_number varchar(255),
    -- The first digits of the recipient's number, or the country of a user id: enough to find a price.
    recipient_prefix varchar(4),
    reply_id varchar(255),
    part_number integer,
    pricing_version varchar(60),
    pricing_type varchar(255),
    category varchar(255),
    -- Null if WhatsApp's word is not known.
    charged boolean,
    happened_at timestamp(6) with time zone,
    delivered_at timestamp(6) with time zone,
    primary key (message_id, recipient)
);
create index whatsapp_charge_by_delivery on whatsapp_charge (delivered_at);
create index whatsapp_charge_by_time on whatsapp_charge (happened_at);
create index whatsapp_charge_of_conversation on whatsapp_charge (conversation);

-- A message or file in a chat of Amazon Connect, of anybody.
create table connect_charge (
    connect_id varchar(255) not null,
    contact_id varchar(255),
    -- Only known of messages of turns and of replies; the chat has that of the others.
    conversation varchar(255),
    business_number varchar(255),
    -- The role in the chat, such as AGENT. A message of the customer that has no turn is a note of Lull.
    sender varchar(255),
    turn_id varchar(255),
    part_number integer,
    accepted_at timestamp(6) with time zone,
    primary key (connect_id)
);
create index connect_charge_by_time on connect_charge (accepted_at);
create index connect_charge_of_chat on connect_charge (contact_id);
create index connect_charge_of_conversation on connect_charge (conversation);
