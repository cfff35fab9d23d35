package dev.datapipeline.journeys;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.Eventually;
import dev.datapipeline.testing.RunOrder;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(DatabaseResource.class)
class MetricsTest {
    @Test
    void metricsShowWorkersAndSandboxes() throws Exception {
        List<Double> before = records(metrics());

        RunOrder.ofNumbers(4).with("batchSize", 2).main("""
                        def transform(record):
                            if record["n"] == 0:
                                raise SkipRecord("none")
                            if record["n"] == 1:
                                raise ValueError("one")
                            return record
                        """).submit().awaitEnd("PARTIAL");

        Eventually.eventually(
                "the run is counted",
                Duration.ofSeconds(30),
                () -> metrics().contains("datapipeline_runs{status=\"PARTIAL\""));
        String metrics = metrics();
        assertEquals(List.of(before.get(0) + 2, before.get(1) + 1, before.get(2) + 1), records(metrics));
        assertTrue(value(metrics, "datapipeline_sandbox_start_seconds_count") >= 1);
        for (String name : List.of(
                "datapipeline_batch_claims_total",
                "datapipeline_batch_attempts_total{outcome=\"recorded\"",
                "datapipeline_batch_rescues_total",
                "datapipeline_batch_leases_lost_total",
                "datapipeline_batch_duration_seconds_count",
                "datapipeline_sandbox_start_failures_total",
                "datapipeline_memory_budget_bytes",
                "datapipeline_memory_taken_bytes",
                "datapipeline_sandboxes_warm",
                "datapipeline_sandboxes_leased",
                "datapipeline_sandboxes_idle",
                "datapipeline_sandboxes_living",
                "datapipeline_sandboxes_waiting",
                "datapipeline_disk_free_bytes")) {
            assertTrue(metrics.contains("\n" + name), () -> name + " is not among\n" + metrics);
        }
    }

    private static List<Double> records(String metrics) {
        return Stream.of("succeeded", "failed", "skipped")
                .map(status -> value(metrics, "datapipeline_records_total{status=\"" + status + "\"}"))
                .toList();
    }

    private static double value(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .sum();
    }

    private static String metrics() {
        return given().get("/q/metrics").then().statusCode(200).extract().asString();
    }
}
