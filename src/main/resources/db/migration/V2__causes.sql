-- Causes get a name of their own, and batches remember for which causes they run again.

-- While a retry waits or runs: how many of the failed run again, and for which causes they had failed (null: for any).
-- The causes stay when the retry breaks, and tell which of the results no longer hold.
alter table batch
    add retry_records int not null default 0,
    add retry_causes  text[];

-- Names the cause in all batches: a digest of step, stage, type, message, script and line, see CauseKey.
alter table batch_failure add cause text;
update batch_failure
   set cause = left(encode(sha256(convert_to(
           concat_ws(',', coalesce(to_json(step)::text, 'null'), coalesce(to_json(stage)::text, 'null'), to_json(type)::text,
                     to_json(message)::text, coalesce(to_json(script)::text, 'null'), coalesce(to_json(line::text)::text, 'null')),
           'UTF8')), 'hex'), 16);
alter table batch_failure alter cause set not null;
