package dev.datapipeline.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.run.BatchId;
import dev.datapipeline.run.TestBatches;
import dev.datapipeline.run.store.batch.BatchOutcome.Broken;
import dev.datapipeline.run.store.batch.BatchRepository;
import dev.datapipeline.run.store.batch.FinishResult;
import dev.datapipeline.run.store.batch.FinishResult.Finish;
import dev.datapipeline.sandbox.SandboxLease;
import dev.datapipeline.sandbox.ServiceInstance;
import dev.datapipeline.testing.FakeSandbox;
import dev.datapipeline.testing.Rows;
import dev.datapipeline.testing.SettableTicker;
import dev.datapipeline.testing.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A worker knows which of its batches it may still have. */
class LeaseRenewerTest {
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final SettableTicker ticker = new SettableTicker();
    private final BatchRepository batches = TestBatches.open();
    private final Rows rows = new Rows(TestDatabase.shared());
    private final FakeSandbox sandbox = new FakeSandbox("sandbox");
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private BatchId batch;

    @BeforeEach
    void submit() throws SQLException {
        batch = new BatchId(rows.run(1), 0);
    }

    @Test
    void leaseOfARunningAttemptIsRenewedInTime() throws Exception {
        LeaseRenewer leases = leases();
        try (BatchAttempt attempt = begin(leases)) {
            rows.execute("update batch set lease_until = now() - interval '1 s' where run_id = ?", batch.run());
            for (int second = 0; second < 2 * LEASE.toSeconds(); second++) {
                ticker.advance(Duration.ofSeconds(1));
                leases.renew();
                leases.abortExpired();
            }

            assertTrue(attempt.holdsLease());
            assertFalse(sandbox.isAborted());
            assertEquals(0, lost());
            assertEquals("true", isHeld());
            assertEquals(1, leases.active());
        }
        assertEquals(0, leases.active());
    }

    @Test
    void attemptIsAbortedBeforeItsLeaseExpires() throws Exception {
        LeaseRenewer leases = leases();
        try (BatchAttempt attempt = begin(leases)) {
            ticker.advance(LEASE.multipliedBy(4).dividedBy(6).minusNanos(1));
            leases.abortExpired();
            assertFalse(sandbox.isAborted());

            ticker.advance(Duration.ofNanos(1));
            leases.abortExpired();
            leases.abortExpired();

            assertTrue(sandbox.isAborted());
            assertFalse(attempt.holdsLease());
            assertEquals(1, lost());
            assertEquals("true", isHeld());
        }
    }

    @Test
    void attemptThatLostItsBatchIsAborted() throws Exception {
        LeaseRenewer leases = leases();
        try (BatchAttempt attempt = begin(leases)) {
            rows.execute("update batch set attempt = attempt + 1 where run_id = ?", batch.run());
            ticker.advance(LEASE.dividedBy(6));
            leases.renew();

            assertTrue(sandbox.isAborted());
        }
    }

    @Test
    void leaseOfTheNextBatchIsRenewedToo() throws Exception {
        batch = new BatchId(rows.run(2), 0);
        LeaseRenewer leases = leases();

        FinishResult<BatchAttempt> result;
        try (BatchAttempt first = begin(leases)) {
            result = leases.finish(
                    first, new Broken("PROTOCOL_VIOLATION", "none"), Optional.of(new BatchId(batch.run(), 1)));
        }

        assertEquals(Finish.RECORDED, result.finish());
        assertEquals(1, leases.active());
        try (BatchAttempt next = result.next().orElseThrow()) {
            assertTrue(next.holdsLease());
        }
        assertEquals(0, leases.active());
    }

    private BatchAttempt begin(LeaseRenewer leases) {
        BatchAttempt attempt = leases.claim(batch).orElseThrow();
        attempt.useSandbox(new SandboxLease(sandbox, (taken, isReusable) -> taken.abort()));
        return attempt;
    }

    private String isHeld() throws SQLException {
        return rows.row("select lease_until > now() from batch where run_id = ?", batch.run())
                .get(0);
    }

    private LeaseRenewer leases() {
        ServiceInstance instance = new ServiceInstance(
                UUID.randomUUID().toString(), UUID.randomUUID().toString());
        return new LeaseRenewer(batches, Patience.withLease(LEASE), instance, new BatchMetrics(registry), ticker);
    }

    private double lost() {
        return registry.get("datapipeline.batch.leases.lost").counter().count();
    }
}
