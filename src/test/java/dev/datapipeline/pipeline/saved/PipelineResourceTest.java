package dev.datapipeline.pipeline.saved;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datapipeline.testing.DatabaseResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(DatabaseResource.class)
class PipelineResourceTest {
    private static final String PIPELINES = "/api/v1/pipelines";
    private static final String MAIN = "{\"name\": \"main.py\", \"source\": \"def transform(r):\\n    return r\\n\"}";

    @Test
    void returnsASavedPipeline() {
        String location = post(pipeline("capitals"))
                .statusCode(201)
                .header("Location", matchesPattern("/api/v1/pipelines/[0-9a-f-]{36}"))
                .body("name", equalTo("capitals"))
                .body("version", equalTo(1))
                .body("createdAt", matchesPattern("20.*Z"))
                .body("updatedAt", notNullValue())
                .body("$", not(hasItem("description")))
                .extract()
                .header("Location");

        given().get(location)
                .then()
                .statusCode(200)
                .body("steps", hasSize(1))
                .body("steps[0].main.source", containsString("def transform"))
                .body("steps[0].pre", nullValue());
    }

    @Test
    void everyPutMakesAVersion() {
        String id = create("first");

        put(id, pipeline("second")).statusCode(200).body("version", equalTo(2)).body("name", equalTo("second"));

        given().get(PIPELINES + "/" + id).then().body("name", equalTo("second")).body("version", equalTo(2));
        given().get(PIPELINES + "/" + id + "?version=1")
                .then()
                .body("name", equalTo("first"))
                .body("version", equalTo(1));
        given().get(PIPELINES + "/" + id + "?version=3").then().statusCode(404);
        given().get(PIPELINES + "/" + id + "/versions")
                .then()
                .statusCode(200)
                .body("items.version", equalTo(List.of(2, 1)))
                .body("items[1].name", equalTo("first"))
                .body("items[1].stepCount", equalTo(1))
                .body("items[1].steps", nullValue())
                .body("nextCursor", nullValue());
    }

    @Test
    void concurrentPutsLoseNoVersion() throws Exception {
        String id = create("busy");
        List<Callable<Integer>> puts = Collections.nCopies(
                20, () -> put(id, pipeline("busy")).statusCode(200).extract().path("version"));

        List<Integer> versions = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Integer> put : threads.invokeAll(puts)) {
                versions.add(put.get());
            }
        }

        assertEquals(
                IntStream.rangeClosed(2, 21).boxed().toList(),
                versions.stream().sorted().toList());
        given().get(PIPELINES + "/" + id + "/versions").then().body("items", hasSize(21));
    }

    @Test
    void versionsArePaged() {
        String id = create("paged");
        put(id, pipeline("paged"));
        put(id, pipeline("paged"));

        String cursor = given().get(PIPELINES + "/" + id + "/versions?limit=2")
                .then()
                .body("items.version", equalTo(List.of(3, 2)))
                .extract()
                .path("nextCursor");

        given().get(PIPELINES + "/" + id + "/versions?limit=2&cursor=" + cursor)
                .then()
                .body("items.version", equalTo(List.of(1)))
                .body("nextCursor", nullValue());
    }

    @Test
    void listsNewestFirstInPages() {
        List<String> created = List.of(create("one"), create("two"), create("three"));

        List<String> listed = new ArrayList<>();
        String cursor = null;
        do {
            ValidatableResponse page = given().get(PIPELINES + "?limit=2" + (cursor == null ? "" : "&cursor=" + cursor))
                    .then()
                    .statusCode(200);
            listed.addAll(page.extract().path("items.id"));
            cursor = page.extract().path("nextCursor");
        } while (cursor != null);

        assertEquals(
                created.reversed(), listed.stream().filter(created::contains).toList());
    }

    @Test
    void renamedPipelineKeepsItsVersionsAndTheNamesThatTheyHad() {
        String id = create("first");
        put(id, pipeline("second")).statusCode(200);

        label(id, "{\"name\": \"third\", \"tags\": [\"vat\"], \"starred\": true}")
                .statusCode(200)
                .body("name", equalTo("third"))
                .body("version", equalTo(2))
                .body("tags", equalTo(List.of("vat")));

        given().get(PIPELINES + "/" + id).then().body("name", equalTo("third")).body("starred", equalTo(true));
        given().get(PIPELINES + "/" + id + "?version=1").then().body("name", equalTo("first"));
        given().get(PIPELINES + "?q=" + id)
                .then()
                .body("items.name", equalTo(List.of("third")))
                .body("items.runs", equalTo(List.of(0)));
        given().get(PIPELINES + "/totals?q=" + id).then().body("pipelines", equalTo(1));
    }

    @Test
    void labelsThatCannotBeAreRejected() {
        String id = create("unlabelled");

        label(id, "{\"name\": \"\"}").statusCode(422).body("code", equalTo("INVALID_LABEL"));
        label(UUID.randomUUID().toString(), "{\"starred\": true}").statusCode(404);
    }

    private static ValidatableResponse label(String id, String labels) {
        return given().contentType("application/json")
                .body(labels)
                .patch(PIPELINES + "/" + id)
                .then();
    }

    @Test
    void deletedPipelineIsNotFound() {
        String id = create("short-lived");

        given().delete(PIPELINES + "/" + id).then().statusCode(204);

        given().get(PIPELINES + "/" + id).then().statusCode(404).body("code", equalTo("NOT_FOUND"));
        given().get(PIPELINES + "/" + id + "/versions").then().statusCode(404);
        given().delete(PIPELINES + "/" + id).then().statusCode(404);
        put(id, pipeline("again")).statusCode(404);
    }

    @Test
    void pipelineThatManyDeleteAtATimeIsDeletedOnce() throws Exception {
        String id = create("short-lived");
        Callable<Integer> deletion = () -> given().delete(PIPELINES + "/" + id).statusCode();

        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Integer> status : threads.invokeAll(Collections.nCopies(8, deletion))) {
                statuses.add(status.get());
            }
        }

        assertEquals(
                List.of(204, 404, 404, 404, 404, 404, 404, 404),
                statuses.stream().sorted().toList());
    }

    @Test
    void reportsAllViolationsAtOnce() {
        post("""
                {"name": "", "steps": [
                  {"name": "a", "main": {"name": "m.py", "source": " "}},
                  {"name": "a", "pre": {"name": "p.py", "source": "x"}}
                ]}""")
                .statusCode(422)
                .contentType("application/problem+json")
                .body("code", equalTo("INVALID_PIPELINE"))
                .body(
                        "errors.pointer",
                        equalTo(List.of("/name", "/steps/0/main/source", "/steps/1/main", "/steps/1/name")));
    }

    @Test
    void scriptsThatDoNotParseAreRejectedWithTheirPlace() {
        post("""
                {"name": "broken", "steps": [{"name": "a", "main": {"name": "m.py", "source": "def ("}}]}""")
                .statusCode(422)
                .body("code", equalTo("SCRIPT_SYNTAX"))
                .body("errors[0].pointer", equalTo("/steps/0/main/source"))
                .body("errors[0].message", startsWith("line 1, column 5: invalid syntax (the sandbox has Python 3."));
    }

    @Test
    void unknownFieldsAndWrongTypesAreRejectedWithPointer() {
        post("{\"name\": \"a\", \"stepz\": []}")
                .statusCode(400)
                .body("code", equalTo("UNKNOWN_FIELD"))
                .body("errors[0].pointer", equalTo("/stepz"));
        post("{\"name\": 7, \"steps\": []}")
                .statusCode(400)
                .body("code", equalTo("WRONG_TYPE"))
                .body("errors[0].pointer", equalTo("/name"))
                .body("detail", equalTo("/name must be a string."));
        post("{\"name\": \"a\", \"steps\": {}}").statusCode(400).body("errors[0].pointer", equalTo("/steps"));
        post("{\"name\": \"a\", \"steps\": [{\"name\": \"s\", \"main\": \"x\"}]}")
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/steps/0/main"))
                .body("errors[0].message", equalTo("must be an object"));
    }

    @Test
    void locationIsNotBuiltFromTheHostHeader() {
        given().header("Host", "evil.localhost")
                .contentType(ContentType.JSON)
                .body(pipeline("host"))
                .post(PIPELINES)
                .then()
                .statusCode(201)
                .header("Location", not(containsString("evil")));
    }

    @Test
    void malformedIdsAreNotFound() {
        for (String id : List.of(
                "7",
                "not-a-uuid",
                "%00",
                "x".repeat(2000),
                "%C3%BC",
                UUID.randomUUID().toString())) {
            given().urlEncodingEnabled(false)
                    .get(PIPELINES + "/" + id)
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json")
                    .body("code", equalTo("NOT_FOUND"));
        }
    }

    private static String create(String name) {
        return post(pipeline(name)).statusCode(201).extract().path("id");
    }

    private static ValidatableResponse post(String body) {
        return given().contentType(ContentType.JSON).body(body).post(PIPELINES).then();
    }

    private static ValidatableResponse put(String id, String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .put(PIPELINES + "/" + id)
                .then();
    }

    private static String pipeline(@Nullable String name) {
        return "{\"name\": \"" + name + "\", \"steps\": [{\"name\": \"step\", \"main\": " + MAIN + "}]}";
    }
}
