-- What people add to runs, datasets and pipelines, to find them again.
alter table run
    add note    text,
    add tags    varchar(50)[] not null default '{}',
    add starred boolean       not null default false;
alter table dataset
    add note    text,
    add tags    varchar(50)[] not null default '{}',
    add starred boolean       not null default false;
alter table pipeline
    add note    text,
    add tags    varchar(50)[] not null default '{}',
    add starred boolean       not null default false;

-- The runs of a pipeline, and the datasets with the same content.
create index run_by_pipeline on run (pipeline_id) where pipeline_id is not null;
create index dataset_by_content on dataset (sha256);
