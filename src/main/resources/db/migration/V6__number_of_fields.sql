-- Lists tell how many fields a dataset has, and leave the fields themselves, which may be a megabyte each, to the dataset.
alter table dataset
    add column field_count int not null generated always as (jsonb_array_length(fields)) stored;
