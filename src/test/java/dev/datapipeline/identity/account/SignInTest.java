package dev.datapipeline.identity.account;

import static dev.datapipeline.identity.account.AccountRequests.COOKIE;
import static dev.datapipeline.identity.account.AccountRequests.FROM;
import static dev.datapipeline.identity.account.AccountRequests.ME;
import static dev.datapipeline.identity.account.AccountRequests.PASSWORD;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
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
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Signing in and out, and the sessions that come of it. */
@QuarkusTest
@TestProfile(TestUsers.Required.class)
@WithTestResource(DatabaseResource.class)
class SignInTest {
    private final DataSource database;
    private AccountRequests accounts;

    @Inject
    SignInTest(DataSource database) {
        this.database = database;
    }

    @BeforeEach
    void createAdministrator() {
        accounts = new AccountRequests(database);
    }

    @Test
    void aPersonSignsInAndOut() {
        String name = accounts.createUser(Role.EDITOR);

        Response signedIn = accounts.signIn(name.toUpperCase(Locale.ROOT), PASSWORD);
        signedIn.then()
                .statusCode(200)
                .body("username", equalTo(name))
                .body("role", equalTo("EDITOR"))
                .body("singleUser", equalTo(false))
                .header(
                        "Set-Cookie",
                        allOf(containsString("HTTPOnly"), containsString("SameSite=Strict"), containsString("Path=/")))
                .header("Cache-Control", containsString("no-store"));
        String session = signedIn.cookie(COOKIE);
        accounts.page(session).get(ME).then().statusCode(200).body("username", equalTo(name));

        accounts.page(session)
                .delete("/api/v1/session")
                .then()
                .statusCode(204)
                .header("Set-Cookie", containsString("Max-Age=0"));

        accounts.page(session).get(ME).then().statusCode(401);
    }

    @Test
    void aWrongNameAndAWrongPasswordLookTheSame() {
        String name = accounts.createUser(Role.VIEWER);

        String wrongPassword = accounts.signIn(name, "wrong horse battery staple")
                .then()
                .statusCode(401)
                .extract()
                .asString();
        String wrongName = accounts.signIn("nobody-" + name, PASSWORD)
                .then()
                .statusCode(401)
                .extract()
                .asString();
        String emptyPasswordOfInvited = accounts.signIn(invited(), "anything at all")
                .then()
                .statusCode(401)
                .extract()
                .asString();

        assertEquals(wrongPassword, wrongName);
        assertEquals(wrongPassword, emptyPasswordOfInvited);
    }

    private String invited() {
        String name = "invited-" + UUID.randomUUID();
        accounts.page(accounts.admin)
                .body(Map.of("username", name, "role", "VIEWER"))
                .post("/api/v1/users")
                .then()
                .statusCode(201);
        return name;
    }

    @Test
    void signingInTakesANewSessionAndEndsTheOneBefore() {
        String name = accounts.createUser(Role.VIEWER);
        String before = accounts.sessionOf(name);

        String after = given().header(FROM, accounts.address)
                .cookie(COOKIE, before)
                .header("Sec-Fetch-Site", "same-origin")
                .contentType(ContentType.JSON)
                .body(Map.of("username", name, "password", PASSWORD))
                .post("/api/v1/session")
                .cookie(COOKIE);

        assertNotEquals(before, after);
        accounts.page(before).get(ME).then().statusCode(401);
        accounts.page(after).get(ME).then().statusCode(200);
    }

    @Test
    void guessingIsSlowedDown() {
        String name = accounts.createUser(Role.VIEWER);
        String elsewhere = "victim-" + name;
        int status = 0;
        for (int guess = 0; guess < 8 && status != 429; guess++) {
            status = accounts.signIn(elsewhere, "guess number " + guess).statusCode();
        }
        accounts.signIn(elsewhere, PASSWORD)
                .then()
                .statusCode(429)
                .header("Retry-After", notNullValue())
                .body("code", equalTo("TOO_MANY_REQUESTS"));
    }

    @Test
    void changingThePasswordEndsAllOtherSessions() {
        String name = accounts.createUser(Role.VIEWER);
        String here = accounts.sessionOf(name);
        String there = accounts.sessionOf(name);

        accounts.page(here)
                .body(Map.of("currentPassword", "not this one at all", "newPassword", "another fine password"))
                .put("/api/v1/me/password")
                .then()
                .statusCode(401)
                .body("code", equalTo("LOGIN_FAILED"));
        accounts.page(here)
                .body(Map.of("currentPassword", PASSWORD, "newPassword", "another fine password"))
                .put("/api/v1/me/password")
                .then()
                .statusCode(204);

        accounts.page(here).get(ME).then().statusCode(200);
        accounts.page(there).get(ME).then().statusCode(401);
        accounts.signIn(name, PASSWORD).then().statusCode(401);
        accounts.signIn(name, "another fine password").then().statusCode(200);
    }

    @Test
    void signingOutEverywhereEndsEverySession() {
        String name = accounts.createUser(Role.VIEWER);
        String here = accounts.sessionOf(name);
        String there = accounts.sessionOf(name);
        accounts.page(here).get("/api/v1/me/sessions").then().body("items.findAll { it.current }", hasSize(1));

        accounts.page(here).delete("/api/v1/me/sessions").then().statusCode(204);

        accounts.page(here).get(ME).then().statusCode(401);
        accounts.page(there).get(ME).then().statusCode(401);
    }
}
