-- Projects keep datasets, pipelines and runs of different people apart. What there is already belongs to the project "default".
create table project (
    id                uuid primary key,
    name              text not null unique,
    created_at        timestamptz not null default now(),
    -- Quotas; null for those of the settings.
    max_open_runs     int check (max_open_runs >= 0),
    max_storage_bytes bigint check (max_storage_bytes >= 0),
    max_trials        int check (max_trials >= 0),
    -- Picodollars a month.
    max_model_money   bigint check (max_model_money >= 0)
);
insert into project (id, name) values ('00000000-0000-0000-0000-000000000001', 'default');

create table project_member (
    project_id uuid not null references project on delete cascade,
    account_id uuid not null references account on delete cascade,
    role       text not null check (role in ('VIEWER', 'EDITOR', 'ADMIN')),
    added_at   timestamptz not null default now(),
    primary key (account_id, project_id)
);
create index project_member_of_project on project_member (project_id);
insert into project_member (project_id, account_id, role)
select '00000000-0000-0000-0000-000000000001', id, role from account;

-- The defaults are for what there is already; whoever makes something new names its project.
alter table dataset add project_id uuid not null default '00000000-0000-0000-0000-000000000001' references project;
alter table pipeline add project_id uuid not null default '00000000-0000-0000-0000-000000000001' references project;
alter table run add project_id uuid not null default '00000000-0000-0000-0000-000000000001' references project;
alter table environment add project_id uuid not null default '00000000-0000-0000-0000-000000000001' references project;
alter table dataset alter project_id drop default;
alter table pipeline alter project_id drop default;
alter table run alter project_id drop default;
alter table environment alter project_id drop default;

alter table api_key add project_id uuid not null default '00000000-0000-0000-0000-000000000001' references project on delete cascade;
alter table api_key alter project_id drop default;
create index api_key_project on api_key (project_id);

-- The same idempotency key in two projects means two things.
alter table dataset drop constraint dataset_idempotency_key_key;
alter table run drop constraint run_idempotency_key_key;
create unique index dataset_idempotency on dataset (project_id, idempotency_key) where idempotency_key is not null;
create unique index run_idempotency on run (project_id, idempotency_key) where idempotency_key is not null;

-- Lists show one project, the newest first.
drop index dataset_newest;
drop index pipeline_newest;
drop index run_newest;
drop index environment_newest;
create index dataset_newest on dataset (project_id, created_at desc, id desc);
create index pipeline_newest on pipeline (project_id, created_at desc, id desc);
create index run_newest on run (project_id, created_at desc, id desc);
create index environment_newest on environment (project_id, created_at desc, id desc);
drop index dataset_by_content;
create index dataset_by_content on dataset (project_id, sha256);
drop index environment_of_declaration;
create index environment_of_declaration on environment (project_id, declaration_key, created_at desc);
