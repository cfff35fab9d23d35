package dev.datapipeline.journeys;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.Eventually;
import dev.datapipeline.testing.RunOrder;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(DatabaseResource.class)
class MetricsTest {
    @Test
    void whatWorkersAndSandboxesDoCanBeSeen() throws Exception {
        RunOrder.ofNumbers(4).with("batchSize", 2).submit().awaitEnd("SUCCEEDED");

        Eventually.eventually(
                "the run is counted",
                Duration.ofSeconds(30),
                () -> metrics().contains("datapipeline_runs{status=\"SUCCEEDED\""));
        String metrics = metrics();
        for (String name : List.of(
                "datapipeline_batch_claims_total",
                "datapipeline_batch_attempts_total{outcome=\"recorded\"",
                "datapipeline_batch_rescues_total",
                "datapipeline_batch_duration_seconds_count",
                "datapipeline_sandboxes_warm",
                "datapipeline_sandboxes_living",
                "datapipeline_sandboxes_awaited",
                "datapipeline_disk_free_bytes")) {
            assertTrue(metrics.contains("\n" + name), () -> name + " is not among\n" + metrics);
        }
    }

    private static String metrics() {
        return given().get("/q/metrics").then().statusCode(200).extract().asString();
    }
}
