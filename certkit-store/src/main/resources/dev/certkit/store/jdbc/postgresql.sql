-- The tables of certkit in PostgreSQL 12 or later, version 1.
--
-- The program makes them itself if it may. Otherwise run this once in the schema that its connections use (search_path):
--     psql -1 -v ON_ERROR_STOP=1 -f postgresql.sql
-- and grant its role:
--     grant select on certkit_schema to ROLE;
--     grant select, insert, update, delete on certkit_record to ROLE;
--     grant select, usage on certkit_revision to ROLE;

-- Every write draws its revision here, while it holds its lock on certkit_record. Never set it back, nor its cache up.
create sequence if not exists certkit_revision no cycle;

create table if not exists certkit_record (
    shelf varchar(64) collate "C" not null,
    -- the name that counts: two bytes for each UTF-16 unit, mapped so that bytes sort as code points do
    name bytea not null,
    -- the same for people: ASCII, with \u escapes; never compared
    label text not null,
    revision bigint not null,
    lease_epoch bigint not null,
    lease_owner varchar(255),
    -- milliseconds since 1970, due time or end of the lease: to_timestamp(next_at / 1000.0)
    next_at bigint,
    -- SHA-256
    fingerprint bytea,
    payload bytea not null,
    primary key (shelf, name)
);

create index if not exists certkit_record_due on certkit_record (shelf, next_at, name) where next_at is not null;

create index if not exists certkit_record_fingerprint on certkit_record (shelf, fingerprint, name)
    where fingerprint is not null;

create table if not exists certkit_schema (version integer not null primary key);

insert into certkit_schema (version) select 1 where not exists (select 1 from certkit_schema);
