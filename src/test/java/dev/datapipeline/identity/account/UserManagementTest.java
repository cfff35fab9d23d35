package dev.datapipeline.identity.account;

import static dev.datapipeline.identity.account.AccountRequests.COOKIE;
import static dev.datapipeline.identity.account.AccountRequests.ME;
import static dev.datapipeline.identity.account.AccountRequests.PASSWORD;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.datapipeline.identity.Role;
import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.TestUsers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What administrators do with users, and what that does to their sessions and keys. */
@QuarkusTest
@TestProfile(TestUsers.Required.class)
@WithTestResource(DatabaseResource.class)
class UserManagementTest {
    private final FirstAdministrator firstAdministrator;
    private final DataSource database;
    private AccountRequests accounts;

    @Inject
    UserManagementTest(FirstAdministrator firstAdministrator, DataSource database) {
        this.firstAdministrator = firstAdministrator;
        this.database = database;
    }

    @BeforeEach
    void createAdministrator() {
        accounts = new AccountRequests(database);
    }

    @Test
    void aDeactivatedUserIsOutAtOnceWithEveryKey() {
        String name = accounts.createUser(Role.EDITOR);
        String session = accounts.sessionOf(name);
        String key = accounts.page(session)
                .body(Map.of("name", "ci"))
                .post("/api/v1/api-keys")
                .path("key");
        given().auth().oauth2(key).get(ME).then().statusCode(200).body("role", equalTo("EDITOR"));
        String user = "/api/v1/users/" + accounts.idOf(name);

        accounts.page(accounts.admin)
                .body(Map.of("role", "EDITOR", "active", false))
                .put(user)
                .then()
                .statusCode(200);

        accounts.page(session).get(ME).then().statusCode(401);
        given().auth().oauth2(key).get(ME).then().statusCode(401);
        accounts.signIn(name, PASSWORD).then().statusCode(401);
        accounts.page(accounts.admin).post(user + "/password-link").then().statusCode(409);
    }

    @Test
    void aLowerRoleHoldsForSessionsAndKeysAtOnce() {
        String name = accounts.createUser(Role.EDITOR);
        String session = accounts.sessionOf(name);
        String key = accounts.page(session)
                .body(Map.of("name", "ci"))
                .post("/api/v1/api-keys")
                .path("key");

        accounts.page(accounts.admin)
                .body(Map.of("role", "VIEWER", "active", true))
                .put("/api/v1/users/" + accounts.idOf(name))
                .then()
                .statusCode(200);

        accounts.page(session).get(ME).then().body("role", equalTo("VIEWER"));
        given().auth().oauth2(key).get(ME).then().body("role", equalTo("VIEWER"));
    }

    @Test
    void aLinkWorksOnceAndReplacesTheOneBefore() {
        String name = accounts.createUser(Role.VIEWER);
        String session = accounts.sessionOf(name);
        String links = "/api/v1/users/" + accounts.idOf(name) + "/password-link";
        String first = AccountRequests.secretOf(accounts.page(accounts.admin).post(links), "path");
        String second = AccountRequests.secretOf(accounts.page(accounts.admin).post(links), "path");
        accounts.page(session).get(ME).then().statusCode(200);

        accounts.choose(first, "my new fine password").statusCode(404);
        accounts.choose(second, "short").statusCode(422).body("errors[0].pointer", equalTo("/password"));
        accounts.choose(second, "my new fine password").statusCode(200).cookie(COOKIE);

        accounts.choose(second, "my new fine password").statusCode(404);
        accounts.page(session).get(ME).then().statusCode(401);
        accounts.signIn(name, "my new fine password").then().statusCode(200);
    }

    @Test
    void namesAndPasswordsHaveRules() {
        accounts.page(accounts.admin)
                .body(Map.of("username", "Ada Lovelace", "role", "VIEWER"))
                .post("/api/v1/users")
                .then()
                .statusCode(422);
        accounts.page(accounts.admin)
                .body(Map.of("username", "ada", "role", "OWNER"))
                .post("/api/v1/users")
                .then()
                .statusCode(400);
        accounts.page(accounts.admin)
                .body(Map.of("username", "ada"))
                .post("/api/v1/users")
                .then()
                .statusCode(422);
        String name = accounts.createUser(Role.VIEWER);
        accounts.page(accounts.admin)
                .body(Map.of("username", name, "role", "VIEWER"))
                .post("/api/v1/users")
                .then()
                .statusCode(409);
        String links = "/api/v1/users/" + accounts.idOf(name) + "/password-link";
        accounts.choose(AccountRequests.secretOf(accounts.page(accounts.admin).post(links), "path"), name)
                .statusCode(422);
        accounts.choose(AccountRequests.secretOf(accounts.page(accounts.admin).post(links), "path"), "aaaaaaaaaaaaaaaa")
                .statusCode(422);
    }

    @Test
    void theLinkOfTheFirstAdministratorIsOfNoUseWhereThereAreUsers() {
        accounts.createUser(Role.VIEWER);
        String secret = firstAdministrator.invite();

        accounts.json(Map.of("secret", secret, "username", "mallory", "password", PASSWORD))
                .post("/api/v1/first-administrator")
                .then()
                .statusCode(404)
                .header("Set-Cookie", nullValue())
                .body("detail", not(containsString(secret)));
    }
}
