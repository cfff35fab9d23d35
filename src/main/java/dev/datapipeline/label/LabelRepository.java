package dev.datapipeline.label;

import dev.datapipeline.database.Sql;
import dev.datapipeline.database.Transactions;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** Changes the labels of runs, datasets and pipelines, which have the same columns for them. */
@Singleton
public class LabelRepository {
    private static final String CHANGES = """
            set name = coalesce(:name, name), note = nullif(coalesce(:note, note), ''),
                tags = coalesce(cast(:tags as varchar[]), tags), starred = coalesce(:starred, starred)""";

    /** What has labels. */
    public enum Labelled {
        // The revision makes the ETag of a run.
        RUN(Sql.of("update run " + CHANGES + ", revision = revision + 1 where id = :id")),
        DATASET(Sql.of("update dataset " + CHANGES + " where id = :id")),
        PIPELINE(Sql.of("update pipeline " + CHANGES + " where id = :id"));

        private final Sql update;

        Labelled(Sql update) {
            this.update = update;
        }
    }

    private final Transactions transactions;

    LabelRepository(Transactions transactions) {
        this.transactions = transactions;
    }

    /** @return false when there is no such row */
    public boolean change(Labelled table, UUID id, LabelChanges changes) {
        List<String> tags = changes.tags();
        return transactions.run(transaction -> transaction
                        .query(table.update)
                        .set("name", changes.name())
                        .set("note", changes.note())
                        .set("tags", tags == null ? null : tags.toArray(String[]::new))
                        .set("starred", changes.starred())
                        .set("id", id)
                        .update())
                == 1;
    }
}
