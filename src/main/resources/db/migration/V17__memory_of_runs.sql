-- Megabytes that each sandbox of the run may take, where the pipeline or the request says so; null for the limit of the settings.
alter table run add memory_megabytes integer;
