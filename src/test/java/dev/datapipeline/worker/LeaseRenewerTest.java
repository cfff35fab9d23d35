package dev.datapipeline.worker;

import static dev.datapipeline.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.run.BatchId;
import dev.datapipeline.run.TestLedger;
import dev.datapipeline.run.store.BatchOutcome.Broken;
import dev.datapipeline.run.store.BatchRepository;
import dev.datapipeline.run.store.BatchRepository.Finish;
import dev.datapipeline.sandbox.ServiceInstance;
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
    private final BatchRepository ledger = TestLedger.open();
    private final Rows rows = new Rows(TestDatabase.shared());
    private final FakeSandbox sandbox = new FakeSandbox();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private BatchId batch;

    @BeforeEach
    void submit() throws SQLException {
        batch = new BatchId(rows.run(1), 0);
    }

    @Test
    void leaseOfAnAttemptUnderWayIsRenewedInTime() throws Exception {
        Duration lease = Duration.ofMillis(2400);
        LeaseRenewer leases = leases(lease);
        try (BatchAttempt attempt = begin(leases)) {
            for (Deadline over = Deadline.in(lease); !over.isOver(); ) {
                leases.renew();
                leases.cutUnreliableShort();
                Thread.sleep(20);
            }

            assertTrue(attempt.isReliable());
            assertEquals(0, sandbox.cuts);
            assertEquals(0, lost());
            assertEquals("true", isHeld());
            assertEquals(1, leases.underWay());
        }
        assertEquals(0, leases.underWay());
    }

    @Test
    void attemptWhoseLeaseIsNotRenewedIsCutShortBeforeItIsOver() throws Exception {
        LeaseRenewer leases = leases(Duration.ofSeconds(3));
        try (BatchAttempt attempt = begin(leases)) {
            eventually("cut short", Duration.ofSeconds(5), () -> {
                leases.cutUnreliableShort();
                return sandbox.cuts == 1;
            });
            leases.cutUnreliableShort();
            assertEquals(1, lost());
            assertEquals("true", isHeld());
        }
    }

    @Test
    void attemptThatLostItsBatchIsCutShort() throws Exception {
        LeaseRenewer leases = leases(Duration.ofMillis(30));
        try (BatchAttempt attempt = begin(leases)) {
            rows.execute("update batch set attempt = attempt + 1 where run_id = ?", batch.run());
            Thread.sleep(10);
            leases.renew();

            assertEquals(1, sandbox.cuts);
        }
    }

    @Test
    void leaseOfABatchThatFollowsIsKeptAsWell() throws Exception {
        batch = new BatchId(rows.run(2), 0);
        LeaseRenewer leases = leases(Duration.ofSeconds(5));

        LeaseRenewer.Handover handover;
        try (BatchAttempt first = begin(leases)) {
            handover = leases.finish(
                    first, new Broken("PROTOCOL_VIOLATION", "none"), Optional.of(new BatchId(batch.run(), 1)));
        }

        assertEquals(Finish.RECORDED, handover.finish());
        assertEquals(1, leases.underWay());
        try (BatchAttempt next = handover.next().orElseThrow()) {
            assertTrue(next.isReliable());
        }
        assertEquals(0, leases.underWay());
    }

    private BatchAttempt begin(LeaseRenewer leases) {
        BatchAttempt attempt = leases.claim(batch).orElseThrow();
        attempt.runsIn(sandbox);
        return attempt;
    }

    private String isHeld() throws SQLException {
        return rows.row("select lease_until > now() from batch where run_id = ?", batch.run())
                .get(0);
    }

    private LeaseRenewer leases(Duration lease) {
        ServiceInstance installation = new ServiceInstance(
                UUID.randomUUID().toString(), UUID.randomUUID().toString());
        return new LeaseRenewer(ledger, Patience.withLease(lease), installation, new BatchMetrics(registry));
    }

    private double lost() {
        return registry.get("datapipeline.batch.leases.lost").counter().count();
    }
}
