-- Who changed what, and who was refused. Rows are only added at the end, and removed at the beginning when they are old.
create table audit_entry (
    -- Without gaps, in the order in which the rows were written.
    number     bigint primary key,
    id         uuid not null unique,
    at         timestamptz not null,
    -- Null where the service asks nobody who they are.
    account_id uuid,
    username   text not null,
    -- Id of the API key with which the request was made.
    key_id     text,
    address    text not null,
    -- As in the access matrix: DELETE /api/v1/runs/{id}
    operation  text not null,
    target     text,
    project    text,
    outcome    text not null check (outcome in ('SUCCEEDED', 'REFUSED', 'DENIED', 'FAILED', 'UNKNOWN')),
    status     integer,
    -- Equal requests that were refused within a minute are one row.
    attempts   integer not null,
    -- SHA-256 over all of this row and the digest of the row before it.
    digest     text not null
);
create index audit_entry_username on audit_entry (username, number);
create index audit_entry_at on audit_entry (at);

-- One row, which whoever adds entries locks: the last entry, and the last one that was removed because it was old.
create table audit_chain (
    only_row       boolean primary key default true check (only_row),
    last_number    bigint not null,
    last_digest    text not null,
    removed_number bigint not null,
    removed_digest text not null
);
insert into audit_chain (last_number, last_digest, removed_number, removed_digest)
values (0, repeat('0', 64), 0, repeat('0', 64));

-- Changes that were let through and have not ended. What a process leaves here when it dies becomes an entry at the next start.
create table audit_open (
    id         uuid primary key,
    process    uuid not null,
    at         timestamptz not null,
    account_id uuid,
    username   text not null,
    key_id     text,
    address    text not null,
    operation  text not null,
    target     text,
    project    text
);
