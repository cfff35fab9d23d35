package dev.datapipeline.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Puts rows into the tables and looks at them. */
public final class Rows {
    private final DataSource database;

    public Rows(DataSource database) {
        this.database = database;
    }

    /** An open run over a dataset of its own; batches of ten records. */
    public UUID run(int batches) throws SQLException {
        return run(batches, null);
    }

    public UUID run(int batches, @Nullable Long toleratedFailures) throws SQLException {
        return run(batches, toleratedFailures, "project_id, ", "'00000000-0000-0000-0000-000000000001', ");
    }

    /** The same in a schema that has no projects yet. */
    public UUID runWithoutProject(int batches) throws SQLException {
        return run(batches, null, "", "");
    }

    private UUID run(int batches, @Nullable Long toleratedFailures, String column, String value) throws SQLException {
        UUID dataset = UUID.randomUUID();
        UUID run = UUID.randomUUID();
        execute(
                "insert into dataset (" + column + "id, name, format, records, bytes, sha256, fields) values (" + value
                        + "?, 'd', 'JSON', ?, 1, '', '[]')",
                dataset,
                batches * 10L);
        execute(
                "insert into run (" + column + """
                                 id, name, dataset_id, pipeline_name, steps, batch_size, max_parallel_batches,
                                 record_concurrency, record_timeout_ms, tolerated_failures, trace, isolation, records, batches)
                values (""" + value + """
                        ?, 'r', ?, 'p', '[]', 10, 2, 1, 1000, ?, 'all', 'run', ?, ?)""",
                run,
                dataset,
                toleratedFailures,
                batches * 10L,
                batches);
        execute("""
                insert into batch (run_id, number, first_record, records)
                select ?, n, n * 10, 10 from generate_series(0, ?::int - 1) n""", run, batches);
        return run;
    }

    /** Columns of the only row that the query finds, as texts. */
    public List<String> row(String query, @Nullable Object... parameters) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = prepare(connection, query, parameters);
                ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                throw new AssertionError("no row for " + query);
            }
            List<String> columns = new ArrayList<>();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                columns.add(String.valueOf(row.getObject(i)));
            }
            return columns;
        }
    }

    public void execute(String statement, @Nullable Object... parameters) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement prepared = prepare(connection, statement, parameters)) {
            prepared.execute();
        }
    }

    private static PreparedStatement prepare(Connection connection, String text, @Nullable Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }
}
