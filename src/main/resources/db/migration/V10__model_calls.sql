-- Money of model calls, in picodollars (10^-12 dollars). The calls themselves stand in files, see the package dev.datapipeline.llm.journal.

-- What the scripts of a run may call, see ModelAccess; null where they call no model.
alter table run add llm jsonb;

-- The last pause: when it began, why, and how many picodollars the next call can cost. The time stays when the run is resumed.
alter table run
    add paused_at    timestamptz,
    add pause_reason text,
    add pause_needed bigint;

-- A run that waits for somebody to raise its budget or to repair an upstream. It is open: its batches stay queued.
alter table run
    drop constraint run_status_check,
    drop constraint run_check2;
alter table run
    add constraint run_status_check
        check (status in ('QUEUED', 'RUNNING', 'PAUSED', 'SUCCEEDED', 'PARTIAL', 'FAILED', 'CANCELLED')),
    add constraint run_accounts_for_all_records
        check (status in ('QUEUED', 'RUNNING', 'PAUSED') or succeeded + failed + skipped + cancelled = records);
drop index run_open;
create index run_open on run (created_at) where status in ('QUEUED', 'RUNNING', 'PAUSED');

-- What may be spent: for a run, or for all trials of a day.
create table llm_budget (
    id         uuid primary key,
    -- The same as the id; null for trials.
    run_id     uuid references run on delete cascade check (run_id = id),
    -- Null sets no limit.
    amount     bigint check (amount >= 0),
    created_at timestamptz not null default now()
);
create index llm_budget_of_run on llm_budget (run_id);

-- What is lent to a process, which reserves from it in memory. The sum of all that is lent never exceeds the budget, unless an upstream has
-- billed more than a request could cost.
create table llm_allotment (
    budget_id     uuid        not null references llm_budget on delete cascade,
    -- Installation, and the name of the log that says what was done with it: <installation>/<log>.
    owner         text        not null,
    -- Which start of the machine: after another one the log may lack its end.
    machine_start text        not null,
    lent          bigint      not null check (lent >= 0),
    -- Spent and unsettled, as far as it was reported.
    used          bigint      not null check (used >= 0 and used <= lent),
    is_open       boolean     not null default true,
    updated_at    timestamptz not null default now(),
    primary key (budget_id, owner)
);
create index llm_allotment_open on llm_allotment (owner) where is_open;

-- Sums of calls by process, stage and model. Always written whole, so that a report that comes twice changes nothing.
create table llm_usage (
    budget_id         uuid   not null,
    owner             text   not null,
    -- Ordinal of the stage in the pipeline; -1 where nobody knows.
    stage             int    not null,
    model             text   not null,
    calls             bigint not null,
    failed            bigint not null,
    tries             bigint not null,
    replays           bigint not null,
    cache_hits        bigint not null,
    prompt_tokens     bigint not null,
    cached_tokens     bigint not null,
    completion_tokens bigint not null,
    reasoning_tokens  bigint not null,
    waiting_ms        bigint not null,
    took_ms           bigint not null,
    spent             bigint not null,
    unsettled         bigint not null,
    primary key (budget_id, owner, stage, model),
    foreign key (budget_id, owner) references llm_allotment on delete cascade
);
