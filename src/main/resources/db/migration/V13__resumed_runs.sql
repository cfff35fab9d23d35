-- started_at is the first start of a run since it was submitted or retried; a pause leaves it as it is.
alter table run
    -- When the run went on after its last pause; null while it has not.
    add resumed_at timestamptz,
    -- How long all pauses that are over have lasted, up to the first batch after each.
    add paused_seconds double precision not null default 0 check (paused_seconds >= 0);
update run set resumed_at = started_at where started_at > paused_at;
