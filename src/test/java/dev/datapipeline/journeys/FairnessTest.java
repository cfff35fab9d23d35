package dev.datapipeline.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.RunOrder;
import dev.datapipeline.testing.SubmittedRun;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(DatabaseResource.class)
class FairnessTest {
    @Test
    void smallRunDoesNotWaitForAHugeOne() throws Exception {
        SubmittedRun huge = RunOrder.ofNumbers(10_000)
                .main("import time\ndef transform(record):\n    time.sleep(0.1)\n    return record\n")
                .with("batchSize", 1)
                .submit();
        huge.await("the huge run at work", look -> look.getInt("records.succeeded") > 0);

        long start = System.nanoTime();
        SubmittedRun small = RunOrder.ofNumbers(10).with("batchSize", 2).submit();
        small.awaitEnd("SUCCEEDED");
        Duration waited = Duration.ofNanos(System.nanoTime() - start);

        assertEquals("RUNNING", huge.look().getString("status"));
        huge.cancel().statusCode(200);
        assertEquals(true, waited.compareTo(Duration.ofSeconds(10)) < 0, "waited " + waited);
    }
}
