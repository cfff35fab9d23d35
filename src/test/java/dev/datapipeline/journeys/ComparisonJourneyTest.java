package dev.datapipeline.journeys;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.RunOrder;
import dev.datapipeline.testing.SubmittedRun;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Two runs over the same dataset, record by record. */
@QuarkusTest
@WithTestResource(DatabaseResource.class)
class ComparisonJourneyTest {
    private static final String BEFORE = """
            def transform(record):
                n = record["n"]
                if n in (1, 2, 3):
                    raise ValueError("no %d" % n)
                if n == 4:
                    raise SkipRecord("four")
                return {"n": n, "a": 1, "nested": {"x": 1.0, "y": [n]}}
            """;

    private static final String AFTER = """
            def transform(record):
                n = record["n"]
                if n in (2, 5):
                    raise ValueError("no %d" % n)
                if n == 3:
                    raise ValueError("still no three")
                if n == 6:
                    return {"n": n, "a": 2, "nested": {"x": 1.0, "y": [n]}}
                if n == 7:
                    return {"n": n, "a": 1, "nested": {"x": 1, "y": [n]}}
                return {"nested": {"y": [n], "x": 1.0}, "a": 1, "n": n}
            """;

    @Test
    void everyRecordIsClassifiedByItsOutcomes() throws Exception {
        String dataset = RunOrder.upload(RunOrder.numbers(20));
        SubmittedRun before = run(dataset, BEFORE, 3);
        SubmittedRun after = run(dataset, AFTER, 7);

        before.get("/comparison?with=" + after.id())
                .statusCode(200)
                .body("compared", equalTo(20))
                .body("total", equalTo(20))
                .body("nextFrom", nullValue())
                .body("changed.indexes", equalTo(List.of(6, 7)))
                .body("fixed.indexes", equalTo(List.of(1, 4)))
                .body("broken.indexes", equalTo(List.of(5)))
                .body("other.indexes", equalTo(List.of(3)))
                .body("changed.records", equalTo(2))
                .body("same", equalTo(14));
        before.get("/comparison?from=6&with=" + after.id())
                .body("compared", equalTo(14))
                .body("changed.indexes", equalTo(List.of(6, 7)))
                .body("same", equalTo(12));
        before.get("/comparison?from=20&with=" + after.id()).body("compared", equalTo(0));
        before.get("/comparison?with=" + before.id()).body("same", equalTo(20));
    }

    @Test
    void differencesAreSummedByFieldAndStatus() throws Exception {
        String dataset = RunOrder.upload(RunOrder.numbers(20));
        SubmittedRun before = run(dataset, BEFORE, 3);
        SubmittedRun after = run(dataset, AFTER, 7);

        before.get("/comparison?with=" + after.id())
                .body("fields.find { it.name == 'a' }.changed", equalTo(1))
                .body("fields.find { it.name == 'nested' }.changed", equalTo(1))
                .body("fields.size()", equalTo(2))
                .body("statuses[0].before", equalTo("SUCCEEDED"))
                .body("statuses[0].after", equalTo("SUCCEEDED"))
                .body("statuses[0].records", equalTo(15))
                .body("statuses.find { it.before == 'FAILED' && it.after == 'FAILED' }.records", equalTo(2))
                .body("statuses.find { it.before == 'SKIPPED' }.after", equalTo("SUCCEEDED"))
                .body("statuses*.records.sum()", equalTo(20));
        before.get("/comparison?field=nested&with=" + after.id())
                .body("changed.indexes", equalTo(List.of(7)))
                .body("changed.records", equalTo(1))
                .body("fixed.records", equalTo(2))
                .body("compared", equalTo(20));
        before.get("/comparison?field=nowhere&with=" + after.id()).body("changed.records", equalTo(0));
    }

    @Test
    void addedAndRemovedFieldsAreCounted() throws Exception {
        String dataset = RunOrder.upload(RunOrder.numbers(2_500));
        SubmittedRun before = run(dataset, "def transform(record):\n    return {**record, 'old': 1}\n", 100);
        SubmittedRun after = run(dataset, "def transform(record):\n    return {**record, 'new': 1}\n", 90);

        before.get("/comparison?with=" + after.id())
                .body("fields.find { it.name == 'old' }.removed", equalTo(2_500))
                .body("fields.find { it.name == 'new' }.added", equalTo(2_500))
                .body("fields.size()", equalTo(2))
                .body("changed.records", equalTo(2_500));
    }

    @Test
    void uploadsOfTheSameFileAreComparable() throws Exception {
        SubmittedRun one = run(RunOrder.upload(RunOrder.numbers(5)), RunOrder.UNCHANGED, 2);
        SubmittedRun other = run(RunOrder.upload(RunOrder.numbers(5)), RunOrder.UNCHANGED, 2);

        one.get("/comparison?with=" + other.id()).statusCode(200).body("same", equalTo(5));
    }

    @Test
    void pendingRecordsAreNotFixed() throws Exception {
        String dataset = RunOrder.upload(RunOrder.numbers(4));
        SubmittedRun done = run(dataset, RunOrder.UNCHANGED, 1);
        SubmittedRun open = RunOrder.ofNumbers(4)
                .with("datasetId", dataset)
                .main("import time\ndef transform(record):\n    time.sleep(3600)\n")
                .with("batchSize", 1)
                .submit();

        done.get("/comparison?with=" + open.id()).body("broken.records", equalTo(4));
        open.get("/comparison?with=" + open.id()).body("same", equalTo(4));
        open.cancel();
    }

    @Test
    void rejectsRunsOverDifferentDatasets() throws Exception {
        SubmittedRun one = RunOrder.ofNumbers(1).submit();
        SubmittedRun other = RunOrder.ofNumbers(2).submit();
        one.awaitEnd();
        other.awaitEnd();

        one.get("/comparison?with=" + other.id()).statusCode(409).body("code", equalTo("CONFLICT"));
        one.get("/comparison?with=" + UUID.randomUUID()).statusCode(404);
        one.get("/comparison").statusCode(400).body("code", equalTo("INVALID_PARAMETER"));
        one.get("/comparison?with=nonsense").statusCode(400).body("code", equalTo("INVALID_PARAMETER"));
        one.get("/comparison?from=-1&with=" + one.id()).statusCode(400);
        given().get("/api/v1/runs/" + UUID.randomUUID() + "/comparison?with=" + one.id())
                .then()
                .statusCode(404);
    }

    private static SubmittedRun run(String dataset, String source, int batchSize) throws Exception {
        SubmittedRun run = RunOrder.ofNumbers(1)
                .with("datasetId", dataset)
                .main(source)
                .with("batchSize", batchSize)
                .submit();
        run.awaitEnd();
        return run;
    }
}
