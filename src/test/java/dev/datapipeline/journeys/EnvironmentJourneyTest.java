package dev.datapipeline.journeys;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.environment.build.EnvironmentFolders;
import dev.datapipeline.environment.index.upstream.StubIndex;
import dev.datapipeline.environment.store.Environment;
import dev.datapipeline.environment.store.EnvironmentRepository;
import dev.datapipeline.environment.wheel.SampleWheel;
import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.Eventually;
import dev.datapipeline.testing.IndexResource;
import dev.datapipeline.testing.RunOrder;
import dev.datapipeline.testing.SubmittedRun;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Packages of an index on this machine are resolved by pip in a real builder, and imported in real sandboxes. */
@QuarkusTest
@WithTestResource(DatabaseResource.class)
@WithTestResource(IndexResource.class)
class EnvironmentJourneyTest {
    private static final Duration LONG = Duration.ofSeconds(90);

    @Inject
    EnvironmentRepository repository;

    @Inject
    EnvironmentFolders folders;

    private StubIndex index;

    @BeforeEach
    void open() throws IOException {
        index = IndexResource.index();
    }

    @AfterEach
    void close() {
        index.close();
    }

    /** A script that returns the version of a package. */
    private static String versionOf(String name) {
        return "import " + name + "\ndef transform(record):\n    return {'version': " + name + ".VERSION}\n";
    }

    private static RunOrder using(String name) {
        return RunOrder.ofNumbers(2).main(versionOf(name)).with("environment", packages(name));
    }

    private static Map<String, Object> packages(String... requirements) {
        return Map.of("packages", List.of(requirements));
    }

    private static JsonPath environment(String id) {
        return given().get("/api/v1/environments/" + id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static JsonPath awaitBuilt(String id, String status) throws Exception {
        Eventually.eventually(
                "environment " + id + " is " + status,
                LONG,
                () -> environment(id).getString("status").equals(status));
        return environment(id);
    }

    @Test
    void runUsesPackagesAndTheNextOneNeedsNoBuild() throws Exception {
        // Its metadata spells the name otherwise than the requirement does, which is allowed and usual.
        index.project("base-part", SampleWheel.of("base_part", "1.0"))
                .project("first", SampleWheel.of("first", "2.0", "base-part"));

        SubmittedRun run = using("first").submit();
        JsonPath ended = run.awaitEnd("SUCCEEDED");

        assertEquals("[{\"version\":\"2.0\"},{\"version\":\"2.0\"}]", run.results("json", "final"));
        assertEquals("READY", ended.getString("environment.status"));
        assertEquals(List.of("base-part", "first"), ended.getList("environment.packages.name"));
        assertEquals(List.of("first"), ended.getList("pipeline.environment.packages"));

        JsonPath next = using("first").submit().awaitEnd("SUCCEEDED");
        assertEquals(ended.getString("environment.id"), next.getString("environment.id"));
        assertTrue(next.getBoolean("environment.cached"));

        String id = ended.getString("environment.id");
        given().get("/api/v1/environments/" + id)
                .then()
                .body("usedBy.runs", equalTo(2))
                .body("packages.find { it.name == 'base-part' }.requiredBy", hasItem("first"))
                .body("steps.status", equalTo(List.of("DONE", "DONE", "DONE", "DONE", "DONE")));
        given().get("/api/v1/environments/" + id + "/lock?format=requirements")
                .then()
                .statusCode(200)
                .body(startsWith("#"));
    }

    @Test
    void packageThatNoIndexHasFailsTheRunBeforeAnyRecord() throws Exception {
        JsonPath ended = using("nowhere").submit().awaitEnd("FAILED");

        assertTrue(ended.getString("statusReason").startsWith("PACKAGE_NOT_FOUND: "), ended.getString("statusReason"));
        assertEquals(2, ended.getInt("records.cancelled"));
        assertEquals("PACKAGE_NOT_FOUND", ended.getString("environment.error.code"));
    }

    @Test
    void runThatWaitsIsCancelledAndGoesOnWhenTheIndexIsBack() throws Exception {
        index.on("/simple/late/", 503, "text/plain", "away");
        SubmittedRun cancelled = using("late").submit();
        SubmittedRun run = using("late").submit();
        JsonPath waiting =
                run.await("the wait for the index", each -> "INDEX".equals(each.getString("environment.waitsFor")));
        assertEquals("QUEUED", waiting.getString("status"));
        assertEquals("ENVIRONMENT", waiting.getString("waitsFor"));

        cancelled.cancel().statusCode(200).body("status", equalTo("CANCELLED")).body("waitsFor", nullValue());
        index.project("late", SampleWheel.of("late", "1.0"));

        run.awaitEnd("SUCCEEDED");
    }

    private static ValidatableResponse tryIt(Map<String, Object> pipeline) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("pipeline", pipeline, "records", List.of(Map.of("n", 1))))
                .post("/api/v1/try")
                .then();
    }

    @Test
    void trialWaitsForPackagesThatAScriptDeclares() {
        index.project("tried", SampleWheel.of("tried", "3.0"));
        String script = "# /// script\n# dependencies = [\"tried>=2\"]\n# ///\n" + versionOf("tried");

        tryIt(RunOrder.ofNumbers(1).main(script).pipeline())
                .statusCode(200)
                .body("records[0].stages[0].value.version", equalTo("3.0"));
    }

    @Test
    void trialWhosePackagesHaveGoneFromTheDiskHasThemMadeAgain() throws Exception {
        index.project("lost", SampleWheel.of("lost", "1.0"));
        SubmittedRun run = using("lost").submit();
        UUID id = UUID.fromString(run.awaitEnd("SUCCEEDED").getString("environment.id"));
        Environment.Files files = repository.find(id).orElseThrow().files();

        folders.delete(files == null ? "" : files.folder());

        Map<String, Object> pipeline =
                new HashMap<>(RunOrder.ofNumbers(1).main(versionOf("lost")).pipeline());
        pipeline.put("environment", packages("lost"));
        tryIt(pipeline).statusCode(200).body("records[0].stages[0].value.version", equalTo("1.0"));
    }

    @Test
    void trialIsToldWhyItsPackagesCannotBe() {
        Map<String, Object> pipeline = new HashMap<>(RunOrder.ofNumbers(1).pipeline());
        pipeline.put("environment", packages("absent"));

        tryIt(pipeline)
                .statusCode(422)
                .body("code", equalTo("PACKAGE_NOT_FOUND"))
                .body("environment", notNullValue());
    }

    private static ValidatableResponse save(String method, String path, Map<String, Object> pipeline) {
        return given().contentType(ContentType.JSON)
                .body(pipeline)
                .request(method, path)
                .then();
    }

    @Test
    void savedVersionKeepsItsPackagesUntilTheyAreUpdated() throws Exception {
        index.project("kept", SampleWheel.of("kept", "1.0"));
        Map<String, Object> pipeline =
                new HashMap<>(RunOrder.ofNumbers(1).main(versionOf("kept")).pipeline());
        pipeline.put("environment", packages("kept"));
        JsonPath saved = save("POST", "/api/v1/pipelines", pipeline)
                .statusCode(201)
                .extract()
                .jsonPath();
        String path = "/api/v1/pipelines/" + saved.getString("id");
        awaitBuilt(saved.getString("environmentId"), "READY");

        upload(SampleWheel.of("kept", "1.1"));
        save("PUT", path, pipeline).statusCode(200).body("environmentId", equalTo(saved.getString("environmentId")));
        String updated = save("PUT", path + "?updatePackages=true", pipeline)
                .statusCode(200)
                .extract()
                .path("environmentId");

        assertNotEquals(saved.getString("environmentId"), updated);
        assertEquals("1.1", awaitBuilt(updated, "READY").getString("packages[0].version"));
        Map<String, Object> ofVersion2 =
                Map.of("datasetId", RunOrder.upload("[{}]"), "pipelineId", saved.getString("id"), "pipelineVersion", 2);
        SubmittedRun old = new SubmittedRun(RunOrder.of("[{}]")
                .post(ofVersion2)
                .then()
                .statusCode(202)
                .extract()
                .path("id"));
        old.awaitEnd("SUCCEEDED");
        assertEquals("[{\"version\":\"1.0\"}]", old.results("json", "final"));
    }

    /** Uploaded wheels come before all indexes. */
    private static void upload(SampleWheel wheel) {
        given().contentType("application/octet-stream")
                .body(wheel.bytes())
                .post("/api/v1/wheels?filename=" + wheel.filename())
                .then()
                .statusCode(201);
    }

    @Test
    void packageThatWasUploadedIsFoundAtOnceAlthoughItWasNotThereBefore() throws Exception {
        using("uploaded").submit().awaitEnd("FAILED");

        upload(SampleWheel.of("uploaded", "1.0"));

        using("uploaded").submit().awaitEnd("SUCCEEDED");
    }

    @Test
    void removedEnvironmentIsMadeAgainFromItsLockWithoutTheIndex() throws Exception {
        index.project("again", SampleWheel.of("again", "1.0"));
        SubmittedRun first = using("again").submit();
        String id = first.awaitEnd("SUCCEEDED").getString("environment.id");

        given().delete("/api/v1/environments/" + id).then().statusCode(204);
        assertEquals("EVICTED", environment(id).getString("status"));
        index.close();
        SubmittedRun second = using("again").submit();

        assertEquals(id, second.awaitEnd("SUCCEEDED").getString("environment.id"));
        assertEquals("[{\"version\":\"1.0\"},{\"version\":\"1.0\"}]", second.results("json", "final"));
    }

    @Test
    void environmentIsAskedForByItselfAndTellsItsLog() throws Exception {
        index.project("asked", SampleWheel.of("asked", "1.0"));

        String id = given().contentType(ContentType.JSON)
                .body(packages("asked"))
                .post("/api/v1/environments")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        given().contentType(ContentType.JSON)
                .body(packages("asked"))
                .post("/api/v1/environments")
                .then()
                .statusCode(202)
                .body("id", equalTo(id));
        awaitBuilt(id, "READY");

        given().get("/api/v1/environments/" + id + "/log")
                .then()
                .statusCode(200)
                .body("isFinal", equalTo(true))
                .body("text", notNullValue());
        given().get("/api/v1/environments?status=READY").then().body("items.id", hasItem(id));
        given().delete("/api/v1/environments/" + id).then().statusCode(204);
    }
}
