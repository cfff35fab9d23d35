package dev.datapipeline.worker;

import static dev.datapipeline.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.run.BatchId;
import dev.datapipeline.run.TestBatches;
import dev.datapipeline.run.store.BatchOutcome.Broken;
import dev.datapipeline.run.store.BatchRepository;
import dev.datapipeline.run.store.FinishResult;
import dev.datapipeline.run.store.FinishResult.Finish;
import dev.datapipeline.sandbox.SandboxLease;
import dev.datapipeline.sandbox.ServiceInstance;
import dev.datapipeline.testing.FakeSandbox;
import dev.datapipeline.testing.Rows;
import dev.datapipeline.testing.TestDatabase;
import dev.datapipeline.time.Deadline;
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
        Duration lease = Duration.ofMillis(2400);
        LeaseRenewer leases = leases(lease);
        try (BatchAttempt attempt = begin(leases)) {
            for (Deadline over = Deadline.in(lease); !over.isOver(); ) {
                leases.renew();
                leases.abortExpired();
                Thread.sleep(20);
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
        LeaseRenewer leases = leases(Duration.ofSeconds(3));
        try (BatchAttempt attempt = begin(leases)) {
            eventually("cut short", Duration.ofSeconds(5), () -> {
                leases.abortExpired();
                return sandbox.isAborted();
            });
            leases.abortExpired();
            assertEquals(1, lost());
            assertEquals("true", isHeld());
        }
    }

    @Test
    void attemptThatLostItsBatchIsAborted() throws Exception {
        LeaseRenewer leases = leases(Duration.ofMillis(30));
        try (BatchAttempt attempt = begin(leases)) {
            rows.execute("update batch set attempt = attempt + 1 where run_id = ?", batch.run());
            Thread.sleep(10);
            leases.renew();

            assertTrue(sandbox.isAborted());
        }
    }

    @Test
    void leaseOfTheNextBatchIsRenewedToo() throws Exception {
        batch = new BatchId(rows.run(2), 0);
        LeaseRenewer leases = leases(Duration.ofSeconds(5));

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

    private LeaseRenewer leases(Duration lease) {
        ServiceInstance instance = new ServiceInstance(
                UUID.randomUUID().toString(), UUID.randomUUID().toString());
        return new LeaseRenewer(batches, Patience.withLease(lease), instance, new BatchMetrics(registry));
    }

    private double lost() {
        return registry.get("datapipeline.batch.leases.lost").counter().count();
    }
}
