package dev.datapipeline.identity.account;

import static dev.datapipeline.identity.account.AccountRequests.ME;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.datapipeline.identity.Role;
import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.TestUsers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** API keys of people: made, used, deleted. */
@QuarkusTest
@TestProfile(TestUsers.Required.class)
@WithTestResource(DatabaseResource.class)
class ApiKeyTest {
    private final DataSource database;
    private AccountRequests accounts;

    @Inject
    ApiKeyTest(DataSource database) {
        this.database = database;
    }

    @BeforeEach
    void createAdministrator() {
        accounts = new AccountRequests(database);
    }

    @Test
    void aKeyIsShownOnceAndRefusedWhenItIsDeleted() {
        String session = accounts.sessionOf(accounts.createUser(Role.EDITOR));
        accounts.page(session)
                .body(Map.of("name", "too much", "role", "ADMIN"))
                .post("/api/v1/api-keys")
                .then()
                .statusCode(422);
        accounts.page(session)
                .body(Map.of("name", "late", "expiresAt", "2020-01-01T00:00:00Z"))
                .post("/api/v1/api-keys")
                .then()
                .statusCode(422);
        Response created = accounts.page(session)
                .body(Map.of("name", "ci", "role", "VIEWER"))
                .post("/api/v1/api-keys");
        String key = created.then().statusCode(201).extract().path("key");
        String id = created.path("info.id");
        given().auth().oauth2(key).get(ME).then().statusCode(200).body("role", equalTo("VIEWER"));
        String listed = accounts.page(session).get("/api/v1/api-keys").asString();
        assertFalse(listed.contains(key.substring(key.lastIndexOf('_') + 1)), listed);

        accounts.page(session).delete("/api/v1/api-keys/" + id).then().statusCode(204);

        given().auth().oauth2(key).get(ME).then().statusCode(401);
        accounts.page(session).delete("/api/v1/api-keys/" + id).then().statusCode(404);
    }

    @Test
    void nobodyEndsSessionsOrKeysOfOthers() {
        String mine = accounts.sessionOf(accounts.createUser(Role.ADMIN));
        String theirs = accounts.sessionOf(accounts.createUser(Role.VIEWER));
        String session = accounts.page(theirs).get("/api/v1/me/sessions").path("items[0].id");
        String key = accounts.page(theirs)
                .body(Map.of("name", "ci"))
                .post("/api/v1/api-keys")
                .path("info.id");

        accounts.page(mine).delete("/api/v1/me/sessions/" + session).then().statusCode(404);
        accounts.page(mine).delete("/api/v1/api-keys/" + key).then().statusCode(404);

        accounts.page(theirs).get(ME).then().statusCode(200);
        accounts.page(theirs).get("/api/v1/api-keys").then().body("items.id", hasItem(key));
    }
}
