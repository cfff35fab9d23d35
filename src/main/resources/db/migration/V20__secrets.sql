-- Secrets that the service uses for people and programs, such as keys of upstreams.
create table secret (
    id         uuid primary key,
    -- Null for a secret of the instance.
    project_id uuid,
    name       text not null,
    -- Of the master key, which is not in the database, that it is sealed with.
    key_id     text not null,
    -- AES-256-GCM in Base64: nonce, sealed value and tag. Id, project and name are sealed with it, so no row opens in place of another.
    sealed     text not null,
    created_at timestamptz not null default now(),
    changed_at timestamptz not null default now(),
    -- Username, or local where the service has no users.
    changed_by text not null,
    unique nulls not distinct (project_id, name)
);
