package dev.datapipeline.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.audit.report.AuditVerification;
import dev.datapipeline.audit.report.AuditVerifier;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.testing.TestDatabase;
import io.quarkus.runtime.StartupEvent;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditLogTest {
    private static final DataSource DATABASE = TestDatabase.shared();
    private static final AuditActor ADA = new AuditActor(null, "ada", null, "192.0.2.7");

    private final Transactions transactions = new Transactions(DATABASE);
    private final AuditTables tables = new AuditTables(DATABASE);
    private final AuditLog log = new AuditLog(transactions);

    @BeforeEach
    void clear() throws SQLException {
        tables.clear();
    }

    private static AuditedRequest change(String target) {
        return AuditedRequest.now(ADA, "DELETE /api/v1/runs/{id}", target, null);
    }

    private AuditVerification verified() {
        return new AuditVerifier(transactions).verify();
    }

    @Test
    void anEntryWithItsOutcomeTakesThePlaceOfTheOpenChange() throws Exception {
        AuditedRequest change = change("7f3a");

        log.begin(change).join();
        assertEquals("ada 7f3a", tables.row("select username, target from audit_open"));
        log.end(change, AuditOutcome.SUCCEEDED, 204);
        log.stop();

        assertEquals("0", tables.row("select count(*) from audit_open"));
        assertEquals(
                "1 ada 7f3a SUCCEEDED 204 1",
                tables.row("select number, username, target, outcome, status, attempts from audit_entry"));
        assertTrue(verified().valid());
    }

    @Test
    void aChangeMustNotBeginWhereItCannotBeWritten() {
        DataSource away = (DataSource)
                Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (p, m, a) -> {
                    throw new SQLException("the database is away");
                });
        AuditLog without = new AuditLog(new Transactions(away));

        assertThrows(
                CompletionException.class, () -> without.begin(change("7f3a")).join());
    }

    @Test
    void noChangeBeginsAfterTheLogHasEnded() throws Exception {
        log.stop();

        assertThrows(CompletionException.class, () -> log.begin(change("7f3a")).join());
    }

    @Test
    void whatAProcessLeavesOpenIsUnknownAtTheNextStart() throws Exception {
        log.begin(change("7f3a")).join();

        new AuditLog(transactions).recover(new StartupEvent());

        assertEquals("7f3a UNKNOWN null", tables.row("select target, outcome, status from audit_entry"));
        assertEquals("0", tables.row("select count(*) from audit_open"));
        assertTrue(verified().valid());
    }

    @Test
    void processesThatWriteAtOneTimeMakeOneChain() throws Exception {
        AuditLog other = new AuditLog(transactions);
        IntStream.range(0, 400).parallel().forEach(number -> {
            AuditLog one = number % 2 == 0 ? log : other;
            AuditedRequest change = change("run " + number);
            one.begin(change).join();
            one.end(change, AuditOutcome.SUCCEEDED, 204);
        });
        log.stop();
        other.stop();

        AuditVerification verification = verified();
        assertTrue(verification.valid(), verification.toString());
        assertEquals(400, verification.entries());
        assertEquals("400 400", tables.row("select max(number), count(distinct target) from audit_entry"));
    }

    @Test
    void anEntryIsThereOnceThoughItIsWrittenTwice() throws Exception {
        List<AuditEntry> entries = List.of(change("7f3a").ended(AuditOutcome.SUCCEEDED, 204));
        for (int commit = 0; commit < 2; commit++) {
            transactions.run(transaction -> {
                new AuditTable().append(transaction, entries, List.of());
                return true;
            });
        }

        assertEquals("1", tables.row("select count(*) from audit_entry"));
        assertTrue(verified().valid());
    }

    @Test
    void equalRefusalsAreTwoEntriesHoweverManyTheyAre() throws Exception {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            log.add(change("7f3a"), AuditOutcome.DENIED, 403);
        }
        log.add(AuditedRequest.now(ADA, "POST /api/v1/users", null, null), AuditOutcome.DENIED, 403);
        log.stop();

        assertEquals(
                "1 999",
                tables.row("select min(attempts), max(attempts) from audit_entry where operation like 'DELETE%'"));
        assertEquals("3", tables.row("select count(*) from audit_entry"));
    }

    @Test
    void aRefusedChangeThatIsCountedIsNotLeftOpen() throws Exception {
        for (int attempt = 0; attempt < 3; attempt++) {
            AuditedRequest change = change("7f3a");
            log.begin(change).join();
            log.end(change, AuditOutcome.REFUSED, 409);
        }
        log.stop();

        assertEquals("0", tables.row("select count(*) from audit_open"));
        assertEquals("3", tables.row("select sum(attempts) from audit_entry"));
    }

    @Test
    void oldEntriesGoAndThoseAfterThemStayValid() throws Exception {
        for (int day = 10; day > 0; day--) {
            Instant at = Instant.now().truncatedTo(ChronoUnit.MICROS).minus(Duration.ofDays(day));
            AuditedRequest old = new AuditedRequest(UUID.randomUUID(), at, ADA, "DELETE", "day " + day, null);
            log.add(old, AuditOutcome.SUCCEEDED, 204);
        }
        log.stop();
        AuditRetention retention = new AuditRetention(transactions, () -> Duration.ofDays(365));

        assertEquals(0, retention.removeOlderThan(Duration.ofDays(11)));
        assertEquals(6, retention.removeOlderThan(Duration.ofHours(4 * 24 + 12)));

        assertEquals("7 day 4", tables.row("select number, target from audit_entry order by number limit 1"));
        assertEquals(new AuditVerification(true, 4, 6, 10, verified().digest(), null), verified());
        assertEquals(4, retention.removeOlderThan(Duration.ZERO));
        assertEquals(new AuditVerification(true, 0, 10, 10, verified().digest(), null), verified());
    }

    @Test
    void aLongTargetIsCut() {
        assertEquals(200, String.valueOf(change("x".repeat(60_000)).target()).length());
    }
}
