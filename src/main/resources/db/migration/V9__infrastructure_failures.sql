-- The column gets the name that the field uses.
alter table batch
    rename column disturbances to infrastructure_failures;
