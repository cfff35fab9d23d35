-- Files that have parts: the file of an archive and the sheet of a workbook that hold the records.
alter table dataset
    add member text,
    add sheet  text,
    add sheets jsonb not null default '[]';

alter table dataset
    drop constraint dataset_format_check,
    add constraint dataset_format_check check (format in ('JSON', 'NDJSON', 'CSV', 'EXCEL', 'PARQUET'));
