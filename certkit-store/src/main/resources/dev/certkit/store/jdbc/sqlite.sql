-- The tables of certkit in SQLite 3.24 or later, version 1.
--
-- The program makes them itself. By hand: sqlite3 store.db < sqlite.sql

-- one row; every write raises it by one and takes it as its revision
create table if not exists certkit_counter (last_revision integer not null);

insert into certkit_counter (last_revision) select 0 where not exists (select 1 from certkit_counter);

create table if not exists certkit_record (
    shelf text not null,
    -- the name that counts: two bytes for each UTF-16 unit, mapped so that bytes sort as code points do
    name blob not null,
    -- the same for people: ASCII, with \u escapes; never compared
    label text not null,
    revision integer not null,
    lease_epoch integer not null,
    lease_owner text,
    -- milliseconds since 1970, due time or end of the lease: datetime(next_at / 1000, 'unixepoch')
    next_at integer,
    -- SHA-256
    fingerprint blob,
    -- last, so that lists need not read over it
    payload blob not null,
    primary key (shelf, name)
);

create index if not exists certkit_record_due on certkit_record (shelf, next_at, name) where next_at is not null;

create index if not exists certkit_record_fingerprint on certkit_record (shelf, fingerprint, name)
    where fingerprint is not null;

create table if not exists certkit_schema (version integer not null primary key);

insert into certkit_schema (version) select 1 where not exists (select 1 from certkit_schema);
