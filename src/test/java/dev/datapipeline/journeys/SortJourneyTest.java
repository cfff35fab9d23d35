package dev.datapipeline.journeys;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.RunOrder;
import dev.datapipeline.testing.SubmittedRun;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Records in the order of a column. */
@QuarkusTest
@WithTestResource(DatabaseResource.class)
class SortJourneyTest {
    private static final String SOURCE = """
            def transform(record):
                n = record["n"]
                if n % 10 == 3:
                    raise ValueError("no %d" % (9 - n // 10))
                if n == 7:
                    raise SkipRecord("seven")
                return {"n": n, "rest": n % 7, "name": "abc"[n % 3]} if n % 2 else {"n": n, "rest": None}
            """;

    private static SubmittedRun submit() throws Exception {
        SubmittedRun run =
                RunOrder.ofNumbers(40).main(SOURCE).with("batchSize", 6).submit();
        run.awaitEnd("PARTIAL");
        return run;
    }

    @Test
    void recordsAreSortedByAnyColumn() throws Exception {
        SubmittedRun run = submit();
        // Failed and skipped records show their input, which has no such field.
        List<Integer> odd = IntStream.range(0, 40)
                .filter(n -> n % 2 == 1 && n % 10 != 3 && n != 7)
                .boxed()
                .sorted((one, other) -> one % 7 - other % 7)
                .toList();

        assertEquals(odd, indexes(run, "sortBy=rest").subList(0, odd.size()));
        assertEquals(IntStream.range(0, 40).map(n -> 39 - n).boxed().toList(), indexes(run, "sortBy=n&order=desc"));
        assertEquals(
                IntStream.range(0, 40).map(n -> 39 - n).boxed().toList(), indexes(run, "sortBy=_index&order=desc"));
        assertEquals(
                List.of(7, 33, 23, 13, 3),
                indexes(run, "sortBy=_error").subList(0, 5).stream()
                        .sorted((one, other) -> one == 7 ? -1 : other == 7 ? 1 : other - one)
                        .toList());
        assertEquals(List.of(3, 13, 23, 33), indexes(run, "sortBy=_status").subList(0, 4));
        assertEquals(List.of(33, 23, 13, 3), indexes(run, "sortBy=_error&status=FAILED"));
        assertEquals(List.of(1, 15), indexes(run, "sortBy=rest&status=SUCCEEDED&limit=2&offset=2"));
    }

    @Test
    void everyPageContinuesTheOneBefore() throws Exception {
        SubmittedRun run = submit();
        List<Integer> all = indexes(run, "sortBy=name&order=desc");

        for (int offset = 0; offset < 45; offset += 9) {
            assertEquals(
                    all.subList(Math.min(offset, 40), Math.min(offset + 9, 40)),
                    indexes(run, "sortBy=name&order=desc&limit=9&offset=" + offset));
        }
    }

    @Test
    void foundRecordsAreSortedAndCounted() throws Exception {
        SubmittedRun run = submit();

        JsonPath page = page(run, "sortBy=n&order=desc&q=no&limit=2");

        assertEquals(List.of(33, 23), page.getList("items.index"));
        assertEquals(4, page.getInt("total"));
        assertNull(page.get("nextFrom"));
    }

    @Test
    void retryChangesTheOrder() throws Exception {
        SubmittedRun run = submit();
        assertEquals(List.of(3, 13, 23, 33), indexes(run, "sortBy=_status").subList(0, 4));

        run.retry();
        run.awaitEnd("PARTIAL");

        assertEquals(List.of(3, 13, 23, 33), indexes(run, "sortBy=_status").subList(0, 4));
    }

    private static List<Integer> indexes(SubmittedRun run, String query) {
        return page(run, "limit=1000&" + query).getList("items.index");
    }

    private static JsonPath page(SubmittedRun run, String query) {
        String once = query.replaceAll("^limit=1000&(.*limit=)", "$1");
        return given().urlEncodingEnabled(false)
                .get(run.path() + "/records?" + once)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
