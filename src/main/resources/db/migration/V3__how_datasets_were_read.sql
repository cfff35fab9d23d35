-- How an upload was understood, for the people who look at the dataset later.
alter table dataset
    add separator    text,
    add records_path text,
    add record_lists jsonb not null default '[]',
    add notes        jsonb not null default '[]';
