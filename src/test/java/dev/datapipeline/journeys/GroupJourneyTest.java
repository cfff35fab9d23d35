package dev.datapipeline.journeys;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.RunOrder;
import dev.datapipeline.testing.SubmittedRun;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Why records failed or were skipped: groups of them, and what the records of a group have in common. */
@QuarkusTest
@WithTestResource(DatabaseResource.class)
class GroupJourneyTest {
    private static final String SOURCE = """
            def transform(record):
                if record["n"] % 5 == 1:
                    raise SkipRecord("order %d is too small" % record["n"])
                if record["n"] == 42:
                    raise SkipRecord("the answer")
                record["rating"]
                return record
            """;

    /** Records 0 to 59; every tenth has no rating, and so fails, except for record 51, which is skipped. */
    private static SubmittedRun submit() throws Exception {
        String records = IntStream.range(0, 60)
                .mapToObj(n ->
                        n % 10 == 0 || n == 51 ? "{\"n\":" + n + "}" : "{\"n\":" + n + ",\"rating\":" + n % 4 + "}")
                .collect(Collectors.joining(",", "[", "]"));
        SubmittedRun run = RunOrder.ofNumbers(1)
                .with("datasetId", RunOrder.upload(records))
                .main(SOURCE)
                .with("batchSize", 7)
                .submit();
        run.awaitEnd("PARTIAL");
        return run;
    }

    @Test
    void failedRecordsAreComparedWithAllOthers() throws Exception {
        SubmittedRun run = submit();
        String cause = run.get("/failures").extract().path("items[0].id");

        run.get("/correlations?cause=" + cause)
                .statusCode(200)
                .body("group", equalTo(6))
                .body("others", equalTo(54))
                .body("items[0].path", equalTo(List.of("rating")))
                .body("items[0].kind", equalTo("MISSING"))
                .body("items[0].group", equalTo(6))
                .body("items[0].others", equalTo(1));
        run.get("/correlations?cause=0123456789abcdef")
                .body("group", equalTo(0))
                .body("items", equalTo(List.of()));
    }

    @Test
    void skippedRecordsAreGroupedByReason() throws Exception {
        SubmittedRun run = submit();

        JsonPath skips = run.get("/skips")
                .statusCode(200)
                .body("total", equalTo(13))
                .body("nextFrom", nullValue())
                .body("items.reason", equalTo(List.of("order … is too small", "the answer")))
                .body("items.count", equalTo(List.of(12, 1)))
                .body("items[0].step", equalTo("clean"))
                .body("items[0].stage", equalTo("main"))
                .body("items[0].firstIndex", equalTo(1))
                .body("items[0].examples", equalTo(List.of(1, 6, 11, 16, 21, 26, 31, 36, 41, 46)))
                .extract()
                .jsonPath();

        run.get("/records?limit=3&reason=" + skips.getString("items[0].id"))
                .body("items.index", equalTo(List.of(1, 6, 11)))
                .body("nextFrom", equalTo(12));
        run.get("/records?reason=" + skips.getString("items[1].id")).body("items.index", equalTo(List.of(42)));
        run.get("/records?status=FAILED&reason=" + skips.getString("items[1].id"))
                .body("items", equalTo(List.of()));
        run.get("/correlations?reason=" + skips.getString("items[0].id"))
                .body("group", equalTo(12))
                .body("others", equalTo(48));
    }

    @Test
    void rejectsQueriesThatNameNoGroup() throws Exception {
        SubmittedRun run = submit();

        for (String query : List.of("", "?cause=a&reason=b")) {
            run.get("/correlations" + query)
                    .statusCode(400)
                    .body("code", equalTo("INVALID_PARAMETER"))
                    .body("detail", containsString("cause"));
        }
        run.get("/skips?from=-1").statusCode(400).body("code", equalTo("INVALID_PARAMETER"));
        run.get("/skips?from=60").body("items", equalTo(List.of()));
    }
}
