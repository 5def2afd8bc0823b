-- What WhatsApp has said last about accounts, numbers, templates and flows. Facts about customers are not here.
create table account_fact (
    fact_key varchar(255) not null,
    last_version varchar(60),
    subject varchar(255),
    subject_id varchar(255),
    name varchar(1000),
    language varchar(255),
    aspect varchar(255),
    aspect_of varchar(255),
    fact_value varchar(1000),
    detail varchar(2000),
    urgency varchar(255),
    until_at timestamp(6) with time zone,
    account_id varchar(255),
    field varchar(255),
    happened_at timestamp(6) with time zone,
    primary key (fact_key)
);
create index account_fact_by_time on account_fact (happened_at);
