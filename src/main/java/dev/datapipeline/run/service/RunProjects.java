package dev.datapipeline.run.service;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datapipeline.database.Sql;
import dev.datapipeline.database.Transactions;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The projects of runs. A run never changes its project, so what was read once stays true. Thread-safe. */
@Singleton
class RunProjects {
    private static final int MOST_REMEMBERED = 100_000;

    private static final Sql PROJECT = Sql.of("select project_id from run where id = :id");

    private final Transactions transactions;
    private final Cache<UUID, UUID> projects =
            Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

    RunProjects(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Never waits; null where nobody has asked yet. */
    @Nullable
    UUID known(UUID run) {
        return projects.getIfPresent(run);
    }

    Optional<UUID> read(UUID run) {
        Optional<UUID> read = transactions.run(
                transaction -> transaction.query(PROJECT).set("id", run).first(row -> row.id("project_id")));
        read.ifPresent(project -> projects.put(run, project));
        return read;
    }
}
