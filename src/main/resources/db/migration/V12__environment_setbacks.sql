-- What leads to giving an environment up. Obstacles such as an index that is away never do.
alter table environment
    -- Attempts in a row that the builder or the service ended unexpectedly.
    add crashes int not null default 0,
    -- Attempts in a row that ended with the process that made them.
    add deaths  int not null default 0;
