-- People who may use the service once it asks who they are. Nobody is in here in single-user mode.
create table account (
    id                  uuid primary key,
    -- In lower case, so that no two differ in case only.
    username            text not null unique,
    role                text not null check (role in ('VIEWER', 'EDITOR', 'ADMIN')),
    -- Argon2id with its salt and parameters; null until the person has chosen a password.
    password_hash       text,
    active              boolean not null default true,
    created_at          timestamptz not null default now(),
    password_changed_at timestamptz
);

-- At most one link per person with which to choose a password once. Like those below, only the digest of the secret is stored.
create table password_link (
    account_id  uuid primary key references account on delete cascade,
    secret_hash text not null unique,
    expires_at  timestamptz not null
);

create table login_session (
    id           uuid primary key,
    account_id   uuid not null references account on delete cascade,
    secret_hash  text not null unique,
    created_at   timestamptz not null default now(),
    -- Exact to a minute.
    last_used_at timestamptz not null default now(),
    expires_at   timestamptz not null,
    address      text,
    browser      text
);
create index login_session_account on login_session (account_id);
create index login_session_expiry on login_session (expires_at);

create table api_key (
    -- The part of the key that is no secret: dpf_<id>_<secret>.
    id           text primary key,
    account_id   uuid not null references account on delete cascade,
    name         text not null,
    secret_hash  text not null,
    -- The key may do what both this role and that of its owner allow.
    role         text not null check (role in ('VIEWER', 'EDITOR', 'ADMIN')),
    created_at   timestamptz not null default now(),
    expires_at   timestamptz,
    last_used_at timestamptz
);
create index api_key_account on api_key (account_id);
