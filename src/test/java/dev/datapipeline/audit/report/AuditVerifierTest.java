package dev.datapipeline.audit.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.audit.AuditActor;
import dev.datapipeline.audit.AuditLog;
import dev.datapipeline.audit.AuditOutcome;
import dev.datapipeline.audit.AuditTables;
import dev.datapipeline.audit.AuditedRequest;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.testing.TestDatabase;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditVerifierTest {
    private static final DataSource DATABASE = TestDatabase.shared();
    private static final int ENTRIES = 5;

    private final Transactions transactions = new Transactions(DATABASE);
    private final AuditTables tables = new AuditTables(DATABASE);

    @BeforeEach
    void writeEntries() throws SQLException, InterruptedException {
        tables.clear();
        AuditLog log = new AuditLog(transactions);
        for (int number = 1; number <= ENTRIES; number++) {
            AuditActor actor = new AuditActor(null, "ada", null, "192.0.2.7");
            log.add(AuditedRequest.now(actor, "DELETE", "run " + number, null), AuditOutcome.SUCCEEDED, 204);
        }
        log.stop();
    }

    private AuditVerification verify() {
        return new AuditVerifier(transactions).verify();
    }

    @Test
    void whatWasWrittenIsValid() throws SQLException {
        AuditVerification verification = verify();

        assertTrue(verification.valid());
        assertEquals(ENTRIES, verification.entries());
        assertEquals(tables.row("select digest from audit_entry where number = 5"), verification.digest());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 | update audit_entry set username = 'eve' where number = 1
            3 | update audit_entry set outcome = 'DENIED' where number = 3
            3 | update audit_entry set at = at + interval '1 microsecond' where number = 3
            3 | update audit_entry set target = null where number = 3
            3 | update audit_entry set digest = repeat('0', 64) where number = 3
            5 | update audit_entry set address = '192.0.2.8' where number = 5
            1 | delete from audit_entry where number = 1
            1 | delete from audit_entry
            4 | delete from audit_entry where number = 4
            5 | delete from audit_entry where number = 5
            2 | update audit_entry set number = case number when 2 then -3 else -2 end where number in (2, 3); update audit_entry set number = -number where number < 0
            6 | insert into audit_entry select 6, gen_random_uuid(), at, account_id, username, key_id, address, operation, target, project, outcome, status, attempts, digest from audit_entry where number = 5
            3 | update audit_chain set removed_number = 2
            6 | update audit_chain set last_digest = repeat('0', 64)
            5 | delete from audit_entry where number = 5; update audit_chain set last_number = 4
            """)
    void theFirstEntryThatDoesNotFitIsNamed(long firstInvalid, String forgery) throws SQLException {
        tables.execute(forgery);

        AuditVerification verification = verify();

        assertFalse(verification.valid());
        assertEquals(firstInvalid, verification.firstInvalid());
    }
}
