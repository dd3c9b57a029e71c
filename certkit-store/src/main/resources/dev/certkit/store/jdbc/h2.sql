-- The tables of certkit in H2 2, version 1; for tests only, because H2 does not sync when it commits.

create table if not exists certkit_counter (last_revision bigint not null);

insert into certkit_counter (last_revision) select 0 where not exists (select 1 from certkit_counter);

create table if not exists certkit_record (
    shelf varchar(64) not null,
    name varbinary(2048) not null,
    label varchar not null,
    revision bigint not null,
    lease_epoch bigint not null,
    lease_owner varchar(255),
    next_at bigint,
    fingerprint varbinary(32),
    payload blob not null,
    primary key (shelf, name)
);

create index if not exists certkit_record_due on certkit_record (shelf, next_at, name);

create index if not exists certkit_record_fingerprint on certkit_record (shelf, fingerprint, name);

create table if not exists certkit_schema (version integer not null primary key);

insert into certkit_schema (version) select 1 where not exists (select 1 from certkit_schema);
