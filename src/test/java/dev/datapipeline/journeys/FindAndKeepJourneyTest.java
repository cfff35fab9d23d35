package dev.datapipeline.journeys;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.RunOrder;
import dev.datapipeline.testing.SubmittedRun;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs are named, noted, tagged and starred, and found again by that. */
@QuarkusTest
@WithTestResource(DatabaseResource.class)
class FindAndKeepJourneyTest {
    private static final String RUNS = "/api/v1/runs";

    @Test
    void labelsOfARunAreChangedOneByOne() throws Exception {
        SubmittedRun run = ended(1, "labelled");
        String before = given().get(run.path()).header("ETag");

        change(run.path(), Map.of("name", "March, again", "tags", List.of("vat", "2026")))
                .statusCode(200)
                .body("name", equalTo("March, again"))
                .body("tags", equalTo(List.of("vat", "2026")))
                .body("note", nullValue())
                .body("starred", equalTo(false));
        change(run.path(), Map.of("note", "with the new rates", "starred", true));

        assertNotEquals(before, given().get(run.path()).header("ETag"));
        given().get(run.path())
                .then()
                .body("name", equalTo("March, again"))
                .body("note", equalTo("with the new rates"))
                .body("starred", equalTo(true));
        change(run.path(), Map.of("note", "", "tags", List.of()))
                .body("note", nullValue())
                .body("tags", hasSize(0))
                .body("starred", equalTo(true));
    }

    @Test
    void runsAreFoundByNameNoteTagPipelineAndId() throws Exception {
        String mark = word();
        SubmittedRun run = ended(1, "Zürich " + mark);
        change(run.path(), Map.of("note", "100%_" + mark, "tags", List.of("t" + mark)));
        ended(1, "another");

        for (String text :
                List.of("zürich " + mark, "100%_" + mark, "t" + mark, run.id().substring(0, 13), mark)) {
            assertEquals(List.of(run.id()), found(Map.of("q", text)), text);
        }
        assertEquals(List.of(run.id()), found(Map.of("tag", "t" + mark)));
        assertEquals(List.of(), found(Map.of("tag", mark)));
        assertEquals(List.of(), found(Map.of("q", "100__" + mark)));
        assertEquals(List.of(run.id()), found(Map.of("q", mark, "starred", false)));
        assertEquals(List.of(), found(Map.of("q", mark, "starred", true)));
    }

    @Test
    void runsAreFoundByThePipelineAndVersionThatTheyAreOf() throws Exception {
        Map<String, Object> pipeline = RunOrder.ofNumbers(1).pipeline();
        String saved = given().contentType(ContentType.JSON)
                .body(pipeline)
                .post("/api/v1/pipelines")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        String run = given().contentType(ContentType.JSON)
                .body(Map.of("datasetId", RunOrder.upload(RunOrder.numbers(1)), "pipelineId", saved))
                .post(RUNS)
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        new SubmittedRun(run).awaitEnd();

        assertEquals(List.of(run), found(Map.of("pipeline", saved)));
        assertEquals(List.of(run), found(Map.of("pipeline", saved, "pipelineVersion", 1)));
        assertEquals(List.of(), found(Map.of("pipeline", saved, "pipelineVersion", 2)));
        given().get("/api/v1/pipelines?q=" + saved)
                .then()
                .body("items.runs", equalTo(List.of(1)))
                .body("items.id", equalTo(List.of(saved)));
    }

    @Test
    void runsAreFoundByTheTimeOfTheirSubmission() throws Exception {
        String mark = word();
        SubmittedRun run = ended(1, mark);
        String submitted = run.look().getString("createdAt");
        String later = Instant.parse(submitted).plusSeconds(1).toString();

        assertEquals(List.of(run.id()), found(Map.of("q", mark, "since", submitted, "until", later)));
        assertEquals(List.of(), found(Map.of("q", mark, "until", submitted)));
        assertEquals(List.of(), found(Map.of("q", mark, "since", later)));
    }

    @Test
    void everyOrderGoesThroughAllPagesOnce() throws Exception {
        String mark = word();
        String small = ended(1, "b " + mark).id();
        String large = ended(3, "A " + mark).id();
        String middle = ended(2, "a " + mark).id();

        assertEquals(List.of(middle, large, small), pages(mark, "NEWEST"));
        assertEquals(List.of(small, large, middle), pages(mark, "OLDEST"));
        assertEquals(List.of(large, middle, small), pages(mark, "MOST_RECORDS"));
        assertEquals(small, pages(mark, "NAME").getLast());
        assertEquals(3, pages(mark, "MOST_FAILED").size());
    }

    @Test
    void totalsCoverWhatTheFilterFinds() throws Exception {
        String mark = word();
        ended(3, mark);
        ended(4, mark);

        given().queryParam("q", mark)
                .get(RUNS + "/totals")
                .then()
                .statusCode(200)
                .body("runs", equalTo(2))
                .body("active", equalTo(0))
                .body("records", equalTo(7))
                .body("succeeded", equalTo(7))
                .body("failed", equalTo(0))
                .body("skipped", equalTo(0));
        given().queryParam("q", word())
                .get(RUNS + "/totals")
                .then()
                .body("runs", equalTo(0))
                .body("records", equalTo(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "q=%00",
                "tag=%00",
                "starred=yes",
                "pipeline=x",
                "pipelineVersion=one",
                "since=yesterday",
                "until=2026-02-30",
                "sort=newest",
                "sort=NAME&cursor=" + "Tk9UIE1JTkU"
            })
    void filterThatCannotBeIsRejected(String query) {
        given().urlEncodingEnabled(false)
                .get(RUNS + "?" + query)
                .then()
                .statusCode(400)
                .body("code", equalTo("INVALID_PARAMETER"));
    }

    @Test
    void cursorOfAnotherOrderIsRejected() throws Exception {
        String mark = word();
        ended(1, mark);
        ended(1, mark);
        String cursor = given().get(RUNS + "?limit=1&q=" + mark).path("nextCursor");

        given().queryParam("cursor", cursor)
                .get(RUNS + "?sort=NAME")
                .then()
                .statusCode(400)
                .body("code", equalTo("INVALID_PARAMETER"));
    }

    @Test
    void labelsThatCannotBeShownAreRejectedWithTheirPlaces() throws Exception {
        SubmittedRun run = ended(1, "unchanged");

        change(run.path(), Map.of("name", " ", "tags", List.of("a,b")))
                .statusCode(422)
                .body("code", equalTo("INVALID_LABEL"))
                .body("errors.pointer", equalTo(List.of("/name", "/tags/0")));
        change(run.path(), Map.of("colour", "red")).statusCode(400).body("code", equalTo("UNKNOWN_FIELD"));
        change(RUNS + "/" + UUID.randomUUID(), Map.of("starred", true)).statusCode(404);
        given().get(run.path()).then().body("name", equalTo("unchanged"));
    }

    private static SubmittedRun ended(int records, String name) throws Exception {
        SubmittedRun run = RunOrder.ofNumbers(records).with("name", name).submit();
        run.awaitEnd("SUCCEEDED");
        return run;
    }

    private static String word() {
        return UUID.randomUUID().toString().substring(0, 8) + "x";
    }

    private static ValidatableResponse change(String path, Map<String, ?> changes) {
        return given().contentType(ContentType.JSON).body(changes).patch(path).then();
    }

    private static List<String> found(Map<String, ?> query) {
        return given().queryParams(query)
                .get(RUNS)
                .then()
                .statusCode(200)
                .extract()
                .path("items.id");
    }

    /** The ids of all pages of two. */
    private static List<String> pages(String text, String sort) {
        List<String> ids = new ArrayList<>();
        String cursor = null;
        do {
            var request = given().queryParams(Map.of("q", text, "sort", sort, "limit", 2));
            if (cursor != null) {
                request.queryParam("cursor", cursor);
            }
            var page = request.get(RUNS).then().statusCode(200).extract().jsonPath();
            ids.addAll(page.getList("items.id", String.class));
            cursor = page.getString("nextCursor");
        } while (cursor != null);
        return ids;
    }
}
