package dev.datapipeline.journeys;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.RunOrder;
import dev.datapipeline.testing.SubmittedRun;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(FullQueueTest.TwoRuns.class)
@WithTestResource(DatabaseResource.class)
class FullQueueTest {
    public static final class TwoRuns implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("datapipeline.admission.max-open-runs", "2");
        }
    }

    @Test
    void runBeyondTheLimitGetsRetryAfter() throws Exception {
        RunOrder order = RunOrder.ofNumbers(1).main("import time\ndef transform(record):\n    time.sleep(60)\n");
        SubmittedRun first = order.submit();
        order.submit();

        order.post()
                .then()
                .statusCode(429)
                .header("Retry-After", notNullValue())
                .body("code", equalTo("TOO_MANY_REQUESTS"));

        first.cancel().statusCode(200);
        order.post().then().statusCode(202);
    }
}
