-- The whole schema. Times are database time everywhere; ids are made by the service.

create table dataset (
    id              uuid primary key,
    name            text        not null,
    format          text        not null check (format in ('JSON', 'NDJSON', 'CSV')),
    records         bigint      not null check (records > 0),
    bytes           bigint      not null check (bytes > 0),
    sha256          text        not null,
    fields          jsonb       not null,
    idempotency_key text unique,
    created_at      timestamptz not null default now()
);
create index dataset_newest on dataset (created_at desc, id desc);

create table pipeline (
    id         uuid primary key,
    name       text        not null,
    version    int         not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index pipeline_newest on pipeline (created_at desc, id desc);

create table pipeline_version (
    pipeline_id uuid        not null references pipeline on delete cascade,
    version     int         not null,
    definition  jsonb       not null,
    created_at  timestamptz not null default now(),
    primary key (pipeline_id, version)
);

create table run (
    id                   uuid primary key,
    name                 text        not null,
    status               text        not null default 'QUEUED'
        check (status in ('QUEUED', 'RUNNING', 'SUCCEEDED', 'PARTIAL', 'FAILED', 'CANCELLED')),
    status_reason        text,
    dataset_id           uuid        not null references dataset,
    -- The run keeps its own copy: a saved pipeline may change or go.
    pipeline_id          uuid,
    pipeline_version     int,
    pipeline_name        text        not null,
    pipeline_description text,
    steps                jsonb       not null,
    batch_size           int         not null check (batch_size > 0),
    max_parallel_batches int         not null check (max_parallel_batches > 0),
    record_concurrency   int         not null check (record_concurrency > 0),
    record_timeout_ms    bigint      not null check (record_timeout_ms > 0),
    -- Absolute count; null tolerates any number.
    tolerated_failures   bigint check (tolerated_failures >= 0),
    trace                text        not null check (trace in ('all', 'final')),
    isolation            text        not null check (isolation in ('run', 'batch')),
    idempotency_key      text unique,
    request_digest       text,
    records              bigint      not null check (records > 0),
    succeeded            bigint      not null default 0,
    failed               bigint      not null default 0,
    skipped              bigint      not null default 0,
    cancelled            bigint      not null default 0,
    batches              int         not null check (batches > 0),
    batches_succeeded    int         not null default 0,
    batches_failed       int         not null default 0,
    batches_cancelled    int         not null default 0,
    retries              int         not null default 0,
    -- Records that had their result when this go began; the rate counts the others.
    done_before          bigint      not null default 0,
    -- Rises with every change; makes the ETag.
    revision             bigint      not null default 0,
    created_at           timestamptz not null default now(),
    started_at           timestamptz,
    finished_at          timestamptz,
    check (succeeded + failed + skipped + cancelled <= records),
    check (batches_succeeded + batches_failed + batches_cancelled <= batches),
    -- A final run has accounted for every record.
    check (status in ('QUEUED', 'RUNNING') or succeeded + failed + skipped + cancelled = records)
);
create index run_newest on run (created_at desc, id desc);
create index run_by_dataset on run (dataset_id);
create index run_open on run (created_at) where status in ('QUEUED', 'RUNNING');

create table batch (
    run_id          uuid   not null references run on delete cascade,
    number          int    not null,
    first_record    bigint not null,
    records         int    not null check (records > 0),
    status          text   not null default 'QUEUED'
        check (status in ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
    -- The fencing token: whoever finishes the batch must name the attempt that it claimed.
    attempt         int    not null default 0,
    owner           text,
    lease_until     timestamptz,
    -- Attempts lost to infrastructure; never a reason to fail a record.
    disturbances    int    not null default 0,
    -- Attempts in which the engine died; a few may be accidents, more are what the scripts do to it.
    engine_deaths   int    not null default 0,
    not_before      timestamptz,
    succeeded       int    not null default 0,
    failed          int    not null default 0,
    skipped         int    not null default 0,
    cancelled       int    not null default 0,
    -- Where the results of the winning attempt stand: a range of a blob, followed by the log. Until a retry has won, the earlier one's.
    segment         text,
    segment_offset  bigint,
    results_length  bigint,
    log_length      bigint,
    error_code      text,
    error_message   text,
    started_at      timestamptz,
    finished_at     timestamptz,
    primary key (run_id, number),
    check (status <> 'RUNNING' or (owner is not null and lease_until is not null)),
    check (status in ('QUEUED', 'RUNNING') or succeeded + failed + skipped + cancelled = records)
) with (fillfactor = 70);
create index batch_waiting on batch (run_id, number) where status = 'QUEUED';
create index batch_running on batch (run_id, lease_until) where status = 'RUNNING';

-- Attempts that are over while their batch goes on; the newest one that ended its batch stands in the batch itself.
create table batch_attempt (
    run_id      uuid not null,
    batch       int  not null,
    attempt     int  not null,
    outcome     text not null
        check (outcome in ('SUCCEEDED', 'FAILED', 'CANCELLED', 'GIVEN_BACK', 'DISTURBED', 'ENGINE_DIED', 'LEASE_OVER')),
    reason      text,
    -- What the batch had with the end of this attempt; 0 where the attempt ended without results.
    succeeded   int  not null default 0,
    failed      int  not null default 0,
    skipped     int  not null default 0,
    started_at  timestamptz,
    finished_at timestamptz not null default now(),
    primary key (run_id, batch, attempt),
    foreign key (run_id, batch) references batch on delete cascade
);

-- The causes of the failed records of a batch; a retry of the batch replaces its rows.
create table batch_failure (
    run_id   uuid     not null,
    batch    int      not null,
    step     text,
    stage    text,
    type     text     not null,
    message  text     not null,
    script   text,
    line     int,
    records  int      not null check (records > 0),
    examples bigint[] not null,
    foreign key (run_id, batch) references batch on delete cascade
);
create index batch_failure_of_run on batch_failure (run_id, batch);
