package dev.datapipeline.run.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class StatementsTest {
    @Test
    void statusesBecomeLiterals() {
        assertEquals(
                "select where status = 'QUEUED' and outcome <> 'LEASE_EXPIRED'",
                Statements.sql("select where status = {QUEUED} and outcome <> {LEASE_EXPIRED}")
                        .toString());
    }

    @Test
    void openMeansEveryStatusThatIsNotFinal() {
        assertEquals(
                "status in ('QUEUED', 'RUNNING', 'PAUSED')",
                Statements.sql("status in {OPEN}").toString());
    }

    @Test
    void unknownStatusIsRejected() {
        assertThrows(IllegalArgumentException.class, () -> Statements.sql("status = {QUEUD}"));
    }
}
