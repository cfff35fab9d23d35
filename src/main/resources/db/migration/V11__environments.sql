-- Environments: the Python packages that scripts declare, resolved to a lock once and built once. Their files stand in folders, see the package
-- dev.datapipeline.environment.build.

create table environment (
    id              uuid primary key,
    -- What was asked for; equal declarations have equal keys.
    declaration     jsonb       not null,
    declaration_key text        not null,
    status          text        not null default 'RESOLVING'
        check (status in ('RESOLVING', 'BUILDING', 'READY', 'FAILED', 'EVICTED')),
    -- What it was resolved to. Never changes once it is there.
    lock            jsonb,
    lock_key        text,
    locked_at       timestamptz,
    -- Name of the folder with its files; environments with the same lock share it.
    folder          text,
    size            bigint check (size >= 0),
    -- The files were there already when it was built.
    was_cached      boolean     not null default false,
    steps           jsonb       not null default '[]',
    warnings        jsonb       not null default '[]',
    error_code      text,
    error_message   text,
    -- Until when others who ask for the same get this failure, without another try.
    failure_until   timestamptz,
    -- The fencing token: whoever changes the state must name the attempt that was claimed.
    attempt         int         not null default 0,
    lease_owner     text,
    lease_until     timestamptz,
    -- What is missing while it cannot be built, since when it was tried in vain, and when it is tried again.
    waits_for       text check (waits_for in ('INDEX', 'DOCKER', 'DISK', 'SERVICE')),
    waits_reason    text,
    failures        int         not null default 0,
    not_before      timestamptz,
    resolve_ms      bigint,
    build_ms        bigint,
    created_at      timestamptz not null default now(),
    ended_at        timestamptz,
    last_used_at    timestamptz not null default now(),
    check (status <> 'FAILED' or (error_code is not null and error_message is not null)),
    check (status not in ('BUILDING', 'READY', 'EVICTED') or (lock is not null and lock_key is not null and locked_at is not null)),
    check (status <> 'READY' or (folder is not null and size is not null))
);
create index environment_newest on environment (created_at desc, id desc);
create index environment_of_declaration on environment (declaration_key, created_at desc);
create index environment_to_build on environment (created_at) where status in ('RESOLVING', 'BUILDING');

-- What resolving and building said, in pieces that are only added.
create table environment_log (
    environment_id uuid   not null references environment on delete cascade,
    -- Characters before this piece.
    position       bigint not null,
    text           text   not null,
    primary key (environment_id, position)
);

-- The lock of a saved version never changes; null where its scripts need no packages, or nobody has used it since it was saved.
alter table pipeline_version add environment_id uuid references environment;
create index pipeline_version_of_environment on pipeline_version (environment_id) where environment_id is not null;

-- Null where its scripts need no packages. A run that waits is open, and its batches stay queued.
alter table run
    add environment_id uuid references environment,
    -- What was asked for besides the packages that scripts declare.
    add packages jsonb,
    add waits_for text check (waits_for = 'ENVIRONMENT');
create index run_of_environment on run (environment_id) where environment_id is not null;
create index run_waiting on run (environment_id) where waits_for is not null;
