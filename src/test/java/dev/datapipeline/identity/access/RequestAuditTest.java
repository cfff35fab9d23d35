package dev.datapipeline.identity.access;

import static dev.datapipeline.testing.Eventually.eventually;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.datapipeline.identity.Role;
import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.Rows;
import dev.datapipeline.testing.TestUsers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(TestUsers.Required.class)
@WithTestResource(DatabaseResource.class)
class RequestAuditTest {
    private static final String AUDIT = "/api/v1/audit";
    private static final String ADDRESS = "2001:db8:0:0:0:0:0:7";
    private static final String SECRET = "correct horse battery staple";

    private final TestUsers users;
    private final Rows rows;
    private UUID admin = new UUID(0, 0);
    private UUID person = new UUID(0, 0);
    private String name = "";
    private String key = "";

    @Inject
    RequestAuditTest(DataSource database) {
        users = new TestUsers(database);
        rows = new Rows(database);
    }

    @BeforeEach
    void createUsers() {
        admin = users.account(Role.ADMIN);
        person = users.account(Role.EDITOR);
        name = "editor-" + person;
        key = users.key(person, Role.EDITOR);
    }

    private RequestSpecification as(UUID account) {
        return given().header("X-Forwarded-For", ADDRESS)
                .cookie("dpf-session", users.session(account))
                .header("Sec-Fetch-Site", "same-origin")
                .contentType(ContentType.JSON);
    }

    private RequestSpecification withKey() {
        return given().header("X-Forwarded-For", ADDRESS).auth().oauth2(key);
    }

    /** The entries of a person once there are so many: they are written when the answer has gone out. */
    private ValidatableResponse entries(String who, int count) throws Exception {
        eventually(count + " entries of " + who, () -> {
            List<Object> items = as(admin).queryParam("who", who).get(AUDIT).path("items");
            return items.size() == count;
        });
        return as(admin).queryParam("who", who).get(AUDIT).then();
    }

    private String upload() {
        return withKey()
                .contentType(ContentType.JSON)
                .body("[{\"a\": 1}]")
                .post("/api/v1/datasets?name=" + SECRET.replace(" ", "%20"))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    @Test
    void aChangeIsThereWithWhoAndWhatAndFromWhere() throws Exception {
        String dataset = upload();
        withKey().get("/api/v1/datasets/" + dataset).then().statusCode(200);
        withKey().delete("/api/v1/datasets/" + dataset).then().statusCode(204);
        withKey().delete("/api/v1/datasets/" + dataset).then().statusCode(404);

        entries(name, 3)
                .body(
                        "items.operation",
                        contains(
                                "DELETE /api/v1/datasets/{id}",
                                "DELETE /api/v1/datasets/{id}",
                                "POST /api/v1/datasets"))
                .body("items.outcome", contains("REFUSED", "SUCCEEDED", "SUCCEEDED"))
                .body("items.status", contains(404, 204, 201))
                .body("items.target", everyItem(equalTo(dataset)))
                .body("items.project", contains("default", "default", "default"))
                .body("items.account", everyItem(equalTo(person.toString())))
                .body("items.key", everyItem(equalTo(key.split("_")[1])))
                .body("items.address", everyItem(equalTo(ADDRESS)));
    }

    @Test
    void whatIsDeniedIsThereHoweverItIsAskedFor() throws Exception {
        as(person).get("/api/v1/users").then().statusCode(403);
        as(person).delete("/api/v1/users/" + admin + "/sessions").then().statusCode(403);
        withKey().get("/api/v1/api-keys").then().statusCode(403);
        given().cookie("dpf-session", users.session(person))
                .delete("/api/v1/runs/" + UUID.randomUUID())
                .then()
                .statusCode(403);

        entries(name, 4)
                .body("items.outcome", everyItem(equalTo("DENIED")))
                .body(
                        "items.operation",
                        contains(
                                "DELETE /api/v1/runs/{id}",
                                "GET /api/v1/api-keys",
                                "DELETE /api/v1/users/{id}/sessions",
                                "GET /api/v1/users"))
                .body("items[2].target", equalTo(admin.toString()));
    }

    @Test
    void whatBelongsToAProjectOfOthersIsDeniedThoughItIsAnsweredWith404() throws Exception {
        String dataset = upload();
        UUID stranger = users.stranger(Role.EDITOR);
        as(stranger).get("/api/v1/datasets/" + dataset).then().statusCode(404);
        as(stranger).get("/api/v1/datasets/" + UUID.randomUUID()).then().statusCode(404);

        eventually(
                "the entry of the denial",
                () -> as(admin)
                        .queryParam("target", dataset)
                        .queryParam("outcome", "DENIED")
                        .get(AUDIT)
                        .path("items.account")
                        .equals(List.of(stranger.toString())));
    }

    @Test
    void readingAndCheckingAreNotThere() throws Exception {
        as(person).get("/api/v1/runs").then().statusCode(200);
        as(person)
                .body("{\"source\": \"def transform(record): return record\"}")
                .post("/api/v1/scripts/check");
        as(person).delete("/api/v1/me/sessions").then().statusCode(204);

        entries(name, 1).body("items[0].operation", equalTo("DELETE /api/v1/me/sessions"));
    }

    @Test
    void whoMakesAUserIsThereWithTheNameOfTheUser() throws Exception {
        String made = "made-" + UUID.randomUUID();
        as(admin)
                .body(Map.of("username", made, "role", "VIEWER"))
                .post("/api/v1/users")
                .then()
                .statusCode(201);

        entries("admin-" + admin, 1).body("items[0].target", equalTo(made)).body("items[0].key", nullValue());
        as(admin).queryParam("target", made).get(AUDIT).then().body("items", hasSize(1));
    }

    @Test
    void signingInIsThereIfTheUserIsKnown() throws Exception {
        String made = "made-" + UUID.randomUUID();
        String path = as(admin)
                .body(Map.of("username", made, "role", "VIEWER"))
                .post("/api/v1/users")
                .path("passwordLink.path");
        Map<String, String> chosen = Map.of("secret", path.substring(path.indexOf('#') + 1), "password", SECRET);
        given().contentType(ContentType.JSON)
                .body(chosen)
                .post("/api/v1/password-link")
                .then()
                .statusCode(200);
        signIn(made, SECRET).statusCode(200);
        signIn(made, SECRET + "!").statusCode(401);
        signIn(SECRET, made).statusCode(401);

        entries(made, 3)
                .body(
                        "items.operation",
                        contains("POST /api/v1/session", "POST /api/v1/session", "POST /api/v1/password-link"))
                .body("items.outcome", contains("DENIED", "SUCCEEDED", "SUCCEEDED"));
        assertEquals(
                "0",
                rows.row("select count(*) from audit_entry where audit_entry::text like ?", "%" + SECRET + "%")
                        .getFirst());
    }

    private ValidatableResponse signIn(String username, String password) {
        return given().header("X-Forwarded-For", "2001:db8:1::" + Integer.toHexString(name.hashCode() & 0xffff))
                .contentType(ContentType.JSON)
                .body(Map.of("username", username, "password", password))
                .post("/api/v1/session")
                .then();
    }

    @Test
    void entriesAreFoundByOperationOutcomeAndTimePageByPage() throws Exception {
        for (int count = 0; count < 3; count++) {
            upload();
        }
        as(person).get("/api/v1/users").then().statusCode(403);
        entries(name, 4);

        as(admin)
                .queryParam("who", name)
                .queryParam("operation", "post /API")
                .get(AUDIT)
                .then()
                .body("items", hasSize(3));
        as(admin)
                .queryParam("who", name)
                .queryParam("outcome", "DENIED")
                .get(AUDIT)
                .then()
                .body("items", hasSize(1));
        as(admin)
                .queryParam("who", name)
                .queryParam("since", "2999-01-01")
                .get(AUDIT)
                .then()
                .body("items", empty());
        as(admin)
                .queryParam("who", name)
                .queryParam("until", "2999-01-01")
                .get(AUDIT)
                .then()
                .body("items", hasSize(4));
        String cursor = as(admin)
                .queryParam("who", name)
                .queryParam("limit", 3)
                .get(AUDIT)
                .path("nextCursor");
        as(admin)
                .queryParam("who", name)
                .queryParam("cursor", cursor)
                .get(AUDIT)
                .then()
                .body("items", hasSize(1))
                .body("nextCursor", nullValue());
        as(admin).queryParam("cursor", "nonsense").get(AUDIT).then().statusCode(400);
    }

    @Test
    void onlyAdministratorsReadAndVerifyIt() throws Exception {
        for (String path : List.of(AUDIT, AUDIT + "/verify")) {
            as(person).get(path).then().statusCode(403);
            as(admin).get(path).then().statusCode(200);
        }
        upload();

        as(admin).get(AUDIT + "/verify").then().body("valid", is(true)).body("last", not(equalTo(0)));
    }

    @Test
    void aChangeThatCannotBeWrittenIsNotMade() throws SQLException {
        String dataset = upload();
        rows.execute("alter table audit_open rename to audit_open_away");
        try {
            withKey()
                    .delete("/api/v1/datasets/" + dataset)
                    .then()
                    .statusCode(503)
                    .body("code", equalTo("DATABASE_UNAVAILABLE"));
            withKey().get("/api/v1/datasets/" + dataset).then().statusCode(200);
        } finally {
            rows.execute("alter table audit_open_away rename to audit_open");
        }
        assertFalse(withKey().delete("/api/v1/datasets/" + dataset).statusCode() >= 400);
    }
}
