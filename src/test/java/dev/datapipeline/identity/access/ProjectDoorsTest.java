package dev.datapipeline.identity.access;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.datapipeline.identity.Role;
import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.TestUsers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In which project a request works, and what second ids, keys and caches tell of others. */
@QuarkusTest
@TestProfile(TestUsers.Required.class)
@WithTestResource(DatabaseResource.class)
class ProjectDoorsTest {
    private static final String RUNS = "/api/v1/runs";
    private static final String DATASETS = "/api/v1/datasets";

    private final DataSource database;
    private final TestUsers users;
    private final String name = "doors-" + UUID.randomUUID().toString().substring(0, 8);
    private final String othersName = "others-" + UUID.randomUUID().toString().substring(0, 8);
    private UUID project = UUID.randomUUID();
    private UUID others = UUID.randomUUID();

    @Inject
    ProjectDoorsTest(DataSource database) {
        this.database = database;
        this.users = new TestUsers(database);
    }

    @BeforeEach
    void createProjects() {
        project = users.project(name);
        others = users.project(othersName);
    }

    private UUID editor(UUID... projects) {
        UUID account = users.stranger(Role.VIEWER);
        for (UUID each : projects) {
            users.join(each, account, Role.EDITOR);
        }
        return account;
    }

    private RequestSpecification as(UUID account) {
        return given().cookie("dpf-session", users.session(account))
                .header("Sec-Fetch-Site", "same-origin")
                .contentType(ContentType.JSON);
    }

    private static String inline(String field, UUID id) {
        return """
                {"%s": "%s", "pipeline": {"name": "p", "steps": [{"name": "s", "main": {"name": "m.py", "source": "def transform(record):\\n    return record\\n"}}]}}""".formatted(field, id);
    }

    @Test
    void whoHasOneProjectNeedsNotNameIt() throws SQLException {
        ProjectThings things = ProjectThings.in(project, database);

        as(editor(project))
                .get(RUNS)
                .then()
                .statusCode(200)
                .body("items.id", equalTo(List.of(things.run().toString())));
    }

    @Test
    void whoHasSeveralProjectsNamesOneForListsAndNewThings() throws SQLException {
        ProjectThings things = ProjectThings.in(project, database);
        UUID account = editor(project, others);

        as(account)
                .get(RUNS)
                .then()
                .statusCode(400)
                .body("code", equalTo("PROJECT_REQUIRED"))
                .body("detail", allOf(containsString(name), containsString(othersName)));
        as(account).body("[{}]").post(DATASETS).then().statusCode(400).body("code", equalTo("PROJECT_REQUIRED"));
        as(account).queryParam("project", name).get(RUNS).then().body("items", hasSize(1));
        as(account).queryParam("project", project).get(RUNS).then().body("items", hasSize(1));
        as(account).header("X-Project", othersName).get(RUNS).then().body("items", hasSize(0));
        as(account)
                .header("X-Project", othersName)
                .queryParam("project", name)
                .get(RUNS)
                .then()
                .body("items", hasSize(1));
        as(account).queryParam("project", "").get(RUNS).then().statusCode(400);
        as(account).get(RUNS + "/" + things.run()).then().statusCode(200);
        as(account)
                .header("X-Project", othersName)
                .get(RUNS + "/" + things.run())
                .then()
                .statusCode(404);
    }

    @Test
    void whoHasNoProjectIsToldSo() {
        as(users.stranger(Role.VIEWER))
                .get(RUNS)
                .then()
                .statusCode(403)
                .body("detail", containsString("member of no project"));
    }

    @Test
    void theParameterIsKnownWhereItMeansSomethingOnly() {
        as(editor(project))
                .queryParam("project", name)
                .get("/api/v1/images")
                .then()
                .statusCode(400);
        as(editor(project))
                .queryParam("project", name, othersName)
                .get(RUNS)
                .then()
                .statusCode(400);
    }

    @Test
    void thingsOfOthersCannotBeUsedInOwnRuns() throws SQLException {
        ProjectThings foreign = ProjectThings.in(others, database);
        ProjectThings own = ProjectThings.in(project, database);
        for (UUID account : List.of(editor(project), editor(project, others))) {
            RequestSpecification here = as(account).header("X-Project", name);
            here.body(inline("datasetId", foreign.dataset())).post(RUNS).then().statusCode(404);
            as(account)
                    .header("X-Project", name)
                    .body(Map.of("datasetId", own.dataset(), "pipelineId", foreign.pipeline()))
                    .post(RUNS)
                    .then()
                    .statusCode(404);
            as(account)
                    .body(Map.of("pipelineId", foreign.pipeline()))
                    .post(RUNS + "/" + own.run() + "/retry")
                    .then()
                    .statusCode(404)
                    .body("detail", equalTo("There is no such pipeline."));
            as(account)
                    .queryParam("with", foreign.run())
                    .get(RUNS + "/" + own.run() + "/comparison")
                    .then()
                    .statusCode(404)
                    .body("detail", equalTo("There is no such run."));
        }
    }

    @Test
    void snapshotsInMemoryAreForThoseWhoMaySeeTheRun() throws SQLException {
        ProjectThings things = ProjectThings.in(project, database);
        String path = RUNS + "/" + things.run();
        UUID member = editor(project);
        String tag = as(member).get(path).then().statusCode(200).extract().header("ETag");
        as(member).header("If-None-Match", tag).get(path).then().statusCode(304);

        as(editor(others)).get(path).then().statusCode(404).header("ETag", equalTo(null));
        as(editor(others)).header("If-None-Match", tag).get(path).then().statusCode(404);
        as(editor(others)).header("If-None-Match", "*").get(path).then().statusCode(404);
        as(member).header("X-Project", name).get(path).then().statusCode(200);
    }

    @Test
    void theSameIdempotencyKeyMeansAnotherThingInAnotherProject() {
        Response here = upload(editor(project), "[{\"a\":1}]");
        Response there = upload(editor(others), "[{\"b\":2}]");

        assertEquals(201, here.statusCode());
        assertEquals(201, there.statusCode());
        assertNotEquals(here.path("id").toString(), there.path("id").toString());
        assertEquals(200, upload(editor(project), "[{\"a\":1}]").statusCode());
    }

    private Response upload(UUID account, String records) {
        return as(account)
                .header("Idempotency-Key", "key-" + name)
                .body(records)
                .post(DATASETS);
    }

    @Test
    void equalContentOfOthersIsNotCounted() {
        upload(editor(project), "[{\"only\":\"" + name + "\"}]");
        upload(editor(others), "[{\"only\":\"" + name + "\"}]");

        as(editor(project)).get(DATASETS).then().body("items", hasSize(1)).body("items[0].sameContent", equalTo(0));
    }

    @Test
    void whoIsRemovedFromAProjectSeesNothingOfItAnyMore() throws SQLException {
        ProjectThings things = ProjectThings.in(project, database);
        UUID account = editor(project);
        String key = users.key(account, project, Role.EDITOR);
        String path = RUNS + "/" + things.run();
        given().header("Authorization", "Bearer " + key).get(path).then().statusCode(200);

        UUID administrator = users.account(Role.ADMIN);
        as(administrator)
                .delete("/api/v1/projects/" + name + "/members/" + account)
                .then()
                .statusCode(204);

        given().header("Authorization", "Bearer " + key).get(path).then().statusCode(404);
        given().header("Authorization", "Bearer " + key).get(RUNS).then().statusCode(403);
    }

    @Test
    void keysAreMadeForOneProject() {
        UUID account = editor(project, others);
        as(account).body(Map.of("name", "ci")).post("/api/v1/api-keys").then().statusCode(400);
        as(account)
                .body(Map.of("name", "ci", "project", "nowhere"))
                .post("/api/v1/api-keys")
                .then()
                .statusCode(404);
        as(account)
                .body(Map.of("name", "ci", "project", name, "role", "ADMIN"))
                .post("/api/v1/api-keys")
                .then()
                .statusCode(422);
        String key = as(account)
                .body(Map.of("name", "ci", "project", name))
                .post("/api/v1/api-keys")
                .then()
                .statusCode(201)
                .body("info.project", equalTo(name))
                .body("info.role", equalTo("EDITOR"))
                .extract()
                .path("key");

        given().header("Authorization", "Bearer " + key)
                .get("/api/v1/projects")
                .then()
                .statusCode(200)
                .body("items.name", equalTo(List.of(name)));
    }

    @Test
    void administratorsOfTheServiceMakeProjectsAndTheirFirstMembers() {
        UUID administrator = users.account(Role.ADMIN);
        UUID account = users.stranger(Role.VIEWER);
        String made = "made-" + name;
        as(administrator)
                .body(Map.of("name", made))
                .post("/api/v1/projects")
                .then()
                .statusCode(201)
                .body("name", equalTo(made))
                .body("role", equalTo("ADMIN"));
        as(administrator)
                .body(Map.of("name", made))
                .post("/api/v1/projects")
                .then()
                .statusCode(409);
        as(administrator)
                .body(Map.of("name", "No Such Name"))
                .post("/api/v1/projects")
                .then()
                .statusCode(422);

        String members = "/api/v1/projects/" + made + "/members/";
        as(administrator)
                .body(Map.of("role", "EDITOR"))
                .put(members + account)
                .then()
                .statusCode(200);
        as(account).get(RUNS).then().statusCode(200);
        as(account).body(Map.of("role", "ADMIN")).put(members + account).then().statusCode(403);
        as(administrator)
                .body(Map.of("role", "VIEWER"))
                .put(members + administrator)
                .then()
                .statusCode(409);
        as(administrator)
                .body(Map.of("role", "VIEWER"))
                .put(members + "nobody")
                .then()
                .statusCode(404);
        as(administrator).body("{}").put(members + account).then().statusCode(422);
        as(account)
                .get("/api/v1/projects")
                .then()
                .body("items.name", equalTo(List.of(made)))
                .body("items.role", not(hasSize(0)));
        as(administrator).delete("/api/v1/projects/" + made).then().statusCode(204);
        as(administrator).delete("/api/v1/projects/default").then().statusCode(409);
        as(account).get("/api/v1/projects/" + made).then().statusCode(404);
    }
}
