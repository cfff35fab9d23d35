package dev.datapipeline.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datapipeline.result.FailureCauseId;
import dev.datapipeline.server.postgres.EmbeddedDatabase;
import dev.datapipeline.testing.Rows;
import dev.datapipeline.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** What was there before an upgrade means the same after it. */
class MigrationTest {
    private static final String MESSAGE = "no “name” in \"row\" \\ of\ttable";

    @TempDir
    Path folder;

    @Test
    void causesOfEarlierVersionsGetTheNamesTheyWouldGetNow() throws Exception {
        try (EmbeddedDatabase database = TestDatabase.start(folder)) {
            PGSimpleDataSource source = migrated(database, "1");
            Rows rows = new Rows(source);
            UUID run = rows.runWithoutProject(2);
            rows.execute("""
                    insert into batch_failure (run_id, batch, step, stage, type, message, script, line, records, examples)
                    values (?, 0, 'clean', 'main', 'KeyError', ?, 'main.py', 3, 1, '{0}'),
                           (?, 1, null, null, 'ENGINE_DIED', 'gone', null, null, 10, '{10}')""", run, MESSAGE, run);

            Flyway.configure().dataSource(source).load().migrate();

            FailureCauseId named = new FailureCauseId("clean", "main", "KeyError", MESSAGE, "main.py", 3);
            FailureCauseId broken = new FailureCauseId(null, null, "ENGINE_DIED", "gone", null, null);
            assertEquals(List.of(named.id()), rows.row("select cause from batch_failure where batch = 0"));
            assertEquals(List.of(broken.id()), rows.row("select cause from batch_failure where batch = 1"));
        }
    }

    @Test
    void outcomesOfAttemptsGetTheirNewNames() throws Exception {
        try (EmbeddedDatabase database = TestDatabase.start(folder)) {
            PGSimpleDataSource source = migrated(database, "6");
            Rows rows = new Rows(source);
            UUID run = rows.runWithoutProject(1);
            rows.execute("""
                    insert into batch_attempt (run_id, batch, attempt, outcome)
                    values (?, 0, 1, 'GIVEN_BACK'), (?, 0, 2, 'DISTURBED'), (?, 0, 3, 'LEASE_OVER'), (?, 0, 4, 'FAILED')""", run, run, run, run);

            Flyway.configure().dataSource(source).load().migrate();

            assertEquals(
                    List.of("RELEASED,INFRASTRUCTURE_FAILED,LEASE_EXPIRED,FAILED"),
                    rows.row("select string_agg(outcome, ',' order by attempt) from batch_attempt"));
        }
    }

    @Test
    void everythingThatWasThereBelongsToTheDefaultProject() throws Exception {
        try (EmbeddedDatabase database = TestDatabase.start(folder)) {
            PGSimpleDataSource source = migrated(database, "17");
            Rows rows = new Rows(source);
            rows.runWithoutProject(1);
            UUID editor = UUID.randomUUID();
            rows.execute("insert into account (id, username, role) values (?, 'ada', 'EDITOR')", editor);
            rows.execute(
                    "insert into api_key (id, account_id, name, secret_hash, role) values ('k', ?, 'ci', '', 'EDITOR')",
                    editor);
            rows.execute("insert into pipeline (id, name, version) values (?, 'p', 1)", UUID.randomUUID());

            Flyway.configure().dataSource(source).load().migrate();

            String project = "00000000-0000-0000-0000-000000000001";
            for (String table : List.of("run", "dataset", "pipeline", "api_key")) {
                assertEquals(List.of(project), rows.row("select project_id from " + table), table);
            }
            assertEquals(
                    List.of(project, editor.toString(), "EDITOR"),
                    rows.row("select project_id, account_id, role from project_member"));
            assertEquals(List.of("default"), rows.row("select name from project"));
        }
    }

    private static PGSimpleDataSource migrated(EmbeddedDatabase database, String version) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(database.jdbcUrl());
        source.setUser(database.user());
        source.setPassword(database.password());
        Flyway.configure()
                .dataSource(source)
                .target(MigrationVersion.fromVersion(version))
                .load()
                .migrate();
        return source;
    }
}
