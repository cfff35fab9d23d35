package dev.datapipeline.server;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.Rows;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** A service on the tables of a later version would not know what it reads. */
@QuarkusTest
@WithTestResource(DatabaseResource.class)
class NewerSchemaTest {
    @Inject
    Flyway migrations;

    @Inject
    DataSource database;

    @Test
    void schemaOfALaterVersionIsRejected() throws Exception {
        assertTrue(migrations.validateWithResult().validationSuccessful);
        Rows rows = new Rows(database);
        rows.execute("""
                insert into flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by,
                                                   execution_time, success)
                values (1000, '1000', 'later', 'SQL', 'V1000__later.sql', 1, 'somebody', 1, true)""");
        try {
            assertFalse(migrations.validateWithResult().validationSuccessful);
        } finally {
            rows.execute("delete from flyway_schema_history where version = '1000'");
        }
    }
}
