-- A run and each retry of it are its attempts, numbered from 1. The newest stands in the run itself; it gets a row here when another
-- attempt follows. Attempts from before this migration have none.
create table run_attempt (
    run_id               uuid        not null references run on delete cascade,
    number               int         not null check (number > 0),
    status               text        not null,
    status_reason        text,
    -- Id of the only cause whose failed records ran again; null for all records that had not succeeded.
    cause                text,
    submitted_at         timestamptz not null,
    started_at           timestamptz,
    finished_at          timestamptz,
    records_per_second   double precision,
    -- Of the whole run, at the end of the attempt.
    succeeded            bigint      not null,
    failed               bigint      not null,
    skipped              bigint      not null,
    cancelled            bigint      not null,
    pipeline_id          uuid,
    pipeline_version     int,
    pipeline_name        text        not null,
    -- Null where the next attempt had the same scripts.
    steps                jsonb,
    primary key (run_id, number)
);

alter table run add column retried_at timestamptz, add column retry_cause text;

-- The attempts in which the records of a batch that was retried got the results that they have.
create table record_attempt (
    run_id       uuid   not null references run on delete cascade,
    first_record bigint not null,
    last_attempt int    not null,
    -- One number for each record of the batch, in order; 0 where it is not known.
    attempts     int[]  not null,
    primary key (run_id, first_record)
);
