package dev.datapipeline.audit;

import dev.datapipeline.testing.Rows;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The tables of the audit log, which a test may empty and forge. */
public final class AuditTables {
    private final Rows rows;

    public AuditTables(DataSource database) {
        this.rows = new Rows(database);
    }

    public void clear() throws SQLException {
        execute("delete from audit_entry");
        execute("delete from audit_open");
        execute("update audit_chain set last_number = 0, last_digest = repeat('0', 64),"
                + " removed_number = 0, removed_digest = repeat('0', 64)");
    }

    public void execute(String statement) throws SQLException {
        rows.execute(statement);
    }

    /** What stands in the only row that is found, with blanks between its columns. */
    public String row(String query) throws SQLException {
        return String.join(" ", rows.row(query));
    }
}
