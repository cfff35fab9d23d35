package dev.datapipeline.journeys;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.RunOrder;
import dev.datapipeline.testing.SubmittedRun;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Finding records of a run by where and why they failed, and by what stands in them. */
@QuarkusTest
@WithTestResource(DatabaseResource.class)
class SearchJourneyTest {
    private static final String TWO_CAUSES = """
            def transform(record):
                if record["n"] % 10 == 3:
                    raise ValueError("no %d here" % record["n"])
                if record["n"] % 10 == 7:
                    record["missing"]
                if record["n"] == 5:
                    raise SkipRecord("fünf 100% _")
                return {"n": record["n"], "text": "Größe \\"%d\\"" % record["n"]}
            """;

    @Test
    void recordsAreFoundByCauseAndText() throws Exception {
        SubmittedRun run =
                RunOrder.ofNumbers(40).main(TWO_CAUSES).with("batchSize", 6).submit();
        run.awaitEnd("PARTIAL");
        JsonPath failures = run.get("/failures").extract().jsonPath();
        String value = failures.getString("items.find { it.type == 'ValueError' }.id");

        assertEquals(List.of(3, 13, 23, 33), indexes(run, "?cause=" + value, 4));
        assertEquals(List.of(7, 17, 27, 37), indexes(run, "?step=clean&stage=main&error=KeyError", 4));
        assertEquals(List.of(), indexes(run, "?step=other", 0));
        assertEquals(List.of(), indexes(run, "?cause=0123456789abcdef", 0));
        assertEquals(List.of(), indexes(run, "?status=SUCCEEDED&error=KeyError", 0));
        assertEquals(List.of(23), indexes(run, "?cause=" + value + "&q=NO%2023", null));
        assertEquals(List.of(5), indexes(run, "?q=" + encoded("FÜNF 100% _"), null));
        assertEquals(List.of(11), indexes(run, "?q=" + encoded("grösse \"11\"").replace("ss", "%C3%9F"), null));
        assertEquals(List.of(), indexes(run, "?q=" + encoded("n_t"), null));
        assertEquals(List.of(), indexes(run, "?q=" + encoded("\0"), null));
        assertEquals(List.of(), indexes(run, "?step=" + encoded("\0"), 0));
        assertEquals(40, indexes(run, "?q=&step=&limit=1000", 40).size());
    }

    @Test
    void listGoesOnFromWhereItStopped() throws Exception {
        SubmittedRun run = RunOrder.ofNumbers(40).main(TWO_CAUSES).submit();
        run.awaitEnd("PARTIAL");

        run.get("/records?error=ValueError&limit=2")
                .body("items.index", equalTo(List.of(3, 13)))
                .body("nextFrom", equalTo(14));
        run.get("/records?error=ValueError&limit=2&from=14")
                .body("items.index", equalTo(List.of(23, 33)))
                .body("nextFrom", equalTo(34));
        run.get("/records?error=ValueError&limit=2&from=34")
                .body("items", equalTo(List.of()))
                .body("nextFrom", nullValue());
        run.get("/records?from=9000000000").body("items", equalTo(List.of())).body("nextFrom", nullValue());
    }

    @Test
    void rejectsInvalidQueries() throws Exception {
        SubmittedRun run = RunOrder.ofNumbers(1).submit();
        run.awaitEnd("SUCCEEDED");

        rejected(run, "?q=" + "x".repeat(201), "at most 200");
        rejected(run, "?q=x&offset=1", "use \"from\" instead");
        rejected(run, "?stage=first", "pre, main, post");
        rejected(run, "?from=-1", "from");
        rejected(run, "?from=x", "an integer");
        rejected(run, "?q=a&q=b", "more than once");
    }

    private static void rejected(SubmittedRun run, String query, String why) {
        get(run, query)
                .statusCode(400)
                .body("code", equalTo("INVALID_PARAMETER"))
                .body("detail", containsString(why));
    }

    private static List<Integer> indexes(SubmittedRun run, String query, @Nullable Integer total) {
        JsonPath page = get(run, query).statusCode(200).extract().jsonPath();
        assertEquals(total, page.get("total"), query);
        return page.getList("items.index");
    }

    /** The query is sent as it stands. */
    private static ValidatableResponse get(SubmittedRun run, String query) {
        return given().urlEncodingEnabled(false)
                .get(run.path() + "/records" + query)
                .then();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
