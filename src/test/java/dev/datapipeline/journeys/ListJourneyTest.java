package dev.datapipeline.journeys;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.RunOrder;
import dev.datapipeline.testing.SubmittedRun;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Header;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of runs, looking again cheaply, and submitting once. */
@QuarkusTest
@WithTestResource(DatabaseResource.class)
class ListJourneyTest {
    @Test
    void listsNewestFirstInPages() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            SubmittedRun run = RunOrder.ofNumbers(1).submit();
            run.awaitEnd();
            ids.addFirst(run.id());
        }

        JsonPath first = page(2, null);
        JsonPath second = page(2, first.getString("nextCursor"));
        JsonPath third = page(1, second.getString("nextCursor"));

        assertEquals(ids.subList(0, 2), first.getList("items.id"));
        assertEquals(ids.subList(2, 4), second.getList("items.id"));
        assertEquals(ids.subList(4, 5), third.getList("items.id"));
    }

    @Test
    void listIsFilteredByStatus() throws Exception {
        SubmittedRun failed = RunOrder.ofNumbers(1)
                .main("def transform(record):\n    return None\n")
                .submit();
        failed.awaitEnd("FAILED");

        List<String> statuses = given().get("/api/v1/runs?status=FAILED&limit=1000")
                .then()
                .extract()
                .path("items.status");

        assertFalse(statuses.isEmpty());
        assertEquals(Set.of("FAILED"), Set.copyOf(statuses));
    }

    @Test
    void listIsFilteredByDataset() throws Exception {
        SubmittedRun run = RunOrder.ofNumbers(1).submit();
        run.awaitEnd();
        String dataset = given().get(run.path()).then().extract().path("dataset.id");

        List<String> ids = given().get("/api/v1/runs?limit=1000&dataset=" + dataset)
                .then()
                .extract()
                .path("items.id");
        List<String> none = given().get("/api/v1/runs?dataset=" + UUID.randomUUID())
                .then()
                .statusCode(200)
                .extract()
                .path("items.id");

        assertTrue(ids.contains(run.id()));
        assertEquals(List.of(), none);
    }

    @Test
    void pollingGets304UntilSomethingChanges() throws Exception {
        SubmittedRun run = RunOrder.ofNumbers(10)
                .main(
                        "import time\ndef transform(record):\n    time.sleep(3600 if record['n'] else 0)\n    return record\n")
                .with("batchSize", 1)
                .submit();
        run.await(
                "a stable state", look -> look.getInt("records.succeeded") == 1 && look.getInt("batches.running") == 2);
        String before = given().get(run.path()).then().extract().header("ETag");

        look(run, before).then().statusCode(304).body(emptyString()).header("ETag", equalTo(before));
        run.cancel();

        String after = look(run, before).then().statusCode(200).extract().header("ETag");
        assertNotEquals(before, after);
        look(run, "\"other\", " + after).then().statusCode(304);
        look(run, "*").then().statusCode(304);
    }

    @Test
    void cachedAnswerEqualsTheOneFromTheTable() throws Exception {
        SubmittedRun run = RunOrder.ofNumbers(1).submit();
        run.awaitEnd();
        Thread.sleep(300);

        Response fromTable = given().get(run.path());
        Response fromMemory = given().get(run.path());

        assertEquals(fromTable.asString(), fromMemory.asString());
        assertEquals(headers(fromTable), headers(fromMemory));
        assertTrue(headers(fromMemory).containsKey("content-security-policy"));
    }

    @Test
    void parameterWithoutAMeaningIsRejectedWhenNothingChangedToo() throws Exception {
        SubmittedRun run = RunOrder.ofNumbers(1).submit();
        run.awaitEnd();
        String tag = given().get(run.path()).then().extract().header("ETag");

        given().header("If-None-Match", tag).get(run.path()).then().statusCode(304);
        given().header("If-None-Match", tag)
                .get(run.path() + "?sort=name")
                .then()
                .statusCode(400)
                .body("code", equalTo("INVALID_PARAMETER"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "\"", "W/", "W/\"", ",,,", "\"a\" \"b\"", "\\"})
    void invalidTagIsNeverAnInternalError(String tag) throws Exception {
        SubmittedRun run = RunOrder.ofNumbers(1).submit();
        run.awaitEnd();

        int status = look(run, tag).statusCode();

        assertEquals(true, status == 200 || status == 400, tag + ": " + status);
    }

    @Test
    void sameKeyIsTheSameRun() {
        String key = UUID.randomUUID().toString();
        RunOrder order = RunOrder.ofNumbers(1).withKey(key);
        Map<String, Object> body = order.body();

        String first = order.post(body).then().statusCode(202).extract().path("id");

        order.post(body).then().statusCode(202).body("id", equalTo(first)).header("Location", notNullValue());
        order.post(RunOrder.ofNumbers(1).body()).then().statusCode(422).body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));
    }

    @Test
    void manyRequestsWithOneKeyAtTheSameTimeAreOneRun() throws Exception {
        RunOrder order = RunOrder.ofNumbers(1).withKey("at once " + UUID.randomUUID());
        Map<String, Object> body = order.body();
        List<Callable<Response>> posts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            posts.add(() -> order.post(body));
        }

        Set<String> ids = new TreeSet<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Response> answer : threads.invokeAll(posts)) {
                ids.add(answer.get().then().statusCode(202).extract().path("id"));
            }
        }

        assertEquals(1, ids.size());
    }

    @Test
    void keyHasTwoHundredCharactersAtMost() {
        RunOrder.ofNumbers(1).withKey("x".repeat(200)).post().then().statusCode(202);
        RunOrder.ofNumbers(1)
                .withKey("x".repeat(201))
                .post()
                .then()
                .statusCode(400)
                .body("code", equalTo("INVALID_REQUEST"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?limit=0",
                "?limit=-1",
                "?limit=1001",
                "?limit=1e9",
                "?limit=",
                "?cursor=x",
                "?cursor=",
                "?cursor=AAAA",
                "?status=DONE",
                "?status=failed",
                "?dataset=numbers",
                "?sort=name",
                "?limit=1&limit=2",
                "?offset=0",
                "?page=-1"
            })
    void parametersWithoutAMeaningAreRejected(String query) {
        given().get("/api/v1/runs" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("INVALID_PARAMETER"));
    }

    private static JsonPath page(int limit, @Nullable String cursor) {
        var request = given().queryParam("limit", limit);
        if (cursor != null) {
            request.queryParam("cursor", cursor);
        }
        return request.get("/api/v1/runs").then().statusCode(200).extract().jsonPath();
    }

    private static Map<String, String> headers(Response response) {
        return response.headers().asList().stream()
                .collect(Collectors.toMap(header -> header.getName().toLowerCase(Locale.ROOT), Header::getValue));
    }

    private static Response look(SubmittedRun run, String tag) {
        return given().header("If-None-Match", tag).get(run.path());
    }
}
