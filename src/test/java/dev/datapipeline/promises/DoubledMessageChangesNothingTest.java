package dev.datapipeline.promises;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datapipeline.run.BatchId;
import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.RunOrder;
import dev.datapipeline.testing.SubmittedRun;
import dev.datapipeline.worker.BatchConsumer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A message on the channel is a hint: five of them for a batch, for one that is done, cancelled or unknown, change nothing. */
@QuarkusTest
@WithTestResource(DatabaseResource.class)
class DoubledMessageChangesNothingTest {
    @Inject
    BatchConsumer consumer;

    @Test
    void batchNotifiedTwiceRunsOnce() throws Exception {
        SubmittedRun run = RunOrder.ofNumbers(20)
                .main("import time\ndef transform(record):\n    time.sleep(0.02)\n    return record\n")
                .with("batchSize", 2)
                .submit();
        for (int message = 0; message < 5; message++) {
            for (int number = 0; number < 10; number++) {
                consumer.consume(new BatchId(UUID.fromString(run.id()), number));
            }
        }
        run.awaitEnd("SUCCEEDED");

        ring(run);

        assertEquals(RunOrder.numbers(20), run.results("json", "final"));
        assertEquals(20, run.look().getInt("records.succeeded"));
        assertEquals(
                10,
                run.get("/batches").extract().jsonPath().<Integer>getList("items.attempt").stream()
                        .filter(attempt -> attempt == 1)
                        .count());
    }

    @Test
    void batchOfACancelledRunDoesNotRun() throws Exception {
        SubmittedRun run = RunOrder.ofNumbers(4)
                .main("import time\ndef transform(record):\n    time.sleep(3600)\n    return record\n")
                .with("batchSize", 1)
                .submit();
        run.cancel().statusCode(200);

        ring(run);

        assertEquals(4, run.look().getInt("records.cancelled"));
        assertEquals(0, run.look().getInt("batches.running"));
    }

    @Test
    void unknownBatchIsIgnored() {
        consumer.consume(new BatchId(UUID.randomUUID(), 0));
        consumer.consume(new BatchId(UUID.randomUUID(), -1));
    }

    private void ring(SubmittedRun run) {
        for (int message = 0; message < 5; message++) {
            consumer.consume(new BatchId(UUID.fromString(run.id()), message));
        }
    }
}
