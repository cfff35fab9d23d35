package dev.datapipeline.identity.account;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.datapipeline.identity.Role;
import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.TestUsers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(TestUsers.Required.class)
@WithTestResource(DatabaseResource.class)
class SignInTest {
    private static final String PASSWORD = "correct horse battery staple";
    private static final String COOKIE = "dpf-session";
    private static final String ME = "/api/v1/me";

    private static final String FROM = "X-Forwarded-For";

    /** Another one for each test, so that none waits for what others guessed. */
    private final String address =
            "2001:db8:" + Integer.toHexString(ThreadLocalRandom.current().nextInt(0x10000)) + "::1";

    private final FirstAdministrator firstAdministrator;
    private final TestUsers users;
    private String admin = "";

    @Inject
    SignInTest(FirstAdministrator firstAdministrator, DataSource database) {
        this.firstAdministrator = firstAdministrator;
        this.users = new TestUsers(database);
    }

    @BeforeEach
    void createAdministrator() {
        admin = users.session(users.account(Role.ADMIN));
    }

    private RequestSpecification page(String session) {
        return given().header(FROM, address)
                .cookie(COOKIE, session)
                .header("Sec-Fetch-Site", "same-origin")
                .contentType(ContentType.JSON);
    }

    private RequestSpecification json(Object body) {
        return given().header(FROM, address).contentType(ContentType.JSON).body(body);
    }

    private Response signIn(String username, String password) {
        return json(Map.of("username", username, "password", password)).post("/api/v1/session");
    }

    /** Of an answer with a link at this place. */
    private static String secretOf(Response answer, String place) {
        String path = answer.then().statusCode(201).extract().path(place);
        return path.substring(path.indexOf('#') + 1);
    }

    private ValidatableResponse choose(String secret, String password) {
        return json(Map.of("secret", secret, "password", password))
                .post("/api/v1/password-link")
                .then();
    }

    /** A user who has chosen a password; the name is another one for each test. */
    private String createUser(Role role) {
        String name = "user-" + UUID.randomUUID();
        Response created =
                page(admin).body(Map.of("username", name, "role", role)).post("/api/v1/users");
        created.then().statusCode(201).body("user.username", equalTo(name)).body("user.hasPassword", equalTo(false));
        choose(secretOf(created, "passwordLink.path"), PASSWORD).statusCode(200).body("username", equalTo(name));
        return name;
    }

    private String sessionOf(String username) {
        return signIn(username, PASSWORD).then().statusCode(200).extract().cookie(COOKIE);
    }

    private String idOf(String username) {
        return page(admin).get("/api/v1/users").path("items.find { it.username == '%s' }.id".formatted(username));
    }

    @Test
    void aPersonSignsInAndOut() {
        String name = createUser(Role.EDITOR);

        Response signedIn = signIn(name.toUpperCase(java.util.Locale.ROOT), PASSWORD);
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
        page(session).get(ME).then().statusCode(200).body("username", equalTo(name));

        page(session)
                .delete("/api/v1/session")
                .then()
                .statusCode(204)
                .header("Set-Cookie", containsString("Max-Age=0"));

        page(session).get(ME).then().statusCode(401);
    }

    @Test
    void aWrongNameAndAWrongPasswordLookTheSame() {
        String name = createUser(Role.VIEWER);

        String wrongPassword = signIn(name, "wrong horse battery staple")
                .then()
                .statusCode(401)
                .extract()
                .asString();
        String wrongName = signIn("nobody-" + name, PASSWORD)
                .then()
                .statusCode(401)
                .extract()
                .asString();
        String emptyPasswordOfInvited = signIn(invited(), "anything at all")
                .then()
                .statusCode(401)
                .extract()
                .asString();

        assertEquals(wrongPassword, wrongName);
        assertEquals(wrongPassword, emptyPasswordOfInvited);
    }

    private String invited() {
        String name = "invited-" + UUID.randomUUID();
        page(admin)
                .body(Map.of("username", name, "role", "VIEWER"))
                .post("/api/v1/users")
                .then()
                .statusCode(201);
        return name;
    }

    @Test
    void signingInTakesANewSessionAndEndsTheOneBefore() {
        String name = createUser(Role.VIEWER);
        String before = sessionOf(name);

        String after = given().header(FROM, address)
                .cookie(COOKIE, before)
                .header("Sec-Fetch-Site", "same-origin")
                .contentType(ContentType.JSON)
                .body(Map.of("username", name, "password", PASSWORD))
                .post("/api/v1/session")
                .cookie(COOKIE);

        assertNotEquals(before, after);
        page(before).get(ME).then().statusCode(401);
        page(after).get(ME).then().statusCode(200);
    }

    @Test
    void guessingIsSlowedDown() {
        String name = createUser(Role.VIEWER);
        String elsewhere = "victim-" + name;
        int status = 0;
        for (int guess = 0; guess < 8 && status != 429; guess++) {
            status = signIn(elsewhere, "guess number " + guess).statusCode();
        }
        signIn(elsewhere, PASSWORD)
                .then()
                .statusCode(429)
                .header("Retry-After", notNullValue())
                .body("code", equalTo("TOO_MANY_REQUESTS"));
    }

    @Test
    void changingThePasswordEndsAllOtherSessions() {
        String name = createUser(Role.VIEWER);
        String here = sessionOf(name);
        String there = sessionOf(name);

        page(here)
                .body(Map.of("currentPassword", "not this one at all", "newPassword", "another fine password"))
                .put("/api/v1/me/password")
                .then()
                .statusCode(401)
                .body("code", equalTo("LOGIN_FAILED"));
        page(here)
                .body(Map.of("currentPassword", PASSWORD, "newPassword", "another fine password"))
                .put("/api/v1/me/password")
                .then()
                .statusCode(204);

        page(here).get(ME).then().statusCode(200);
        page(there).get(ME).then().statusCode(401);
        signIn(name, PASSWORD).then().statusCode(401);
        signIn(name, "another fine password").then().statusCode(200);
    }

    @Test
    void signingOutEverywhereEndsEverySession() {
        String name = createUser(Role.VIEWER);
        String here = sessionOf(name);
        String there = sessionOf(name);
        page(here).get("/api/v1/me/sessions").then().body("items.findAll { it.current }", hasSize(1));

        page(here).delete("/api/v1/me/sessions").then().statusCode(204);

        page(here).get(ME).then().statusCode(401);
        page(there).get(ME).then().statusCode(401);
    }

    @Test
    void aDeactivatedUserIsOutAtOnceWithEveryKey() {
        String name = createUser(Role.EDITOR);
        String session = sessionOf(name);
        String key = page(session)
                .body(Map.of("name", "ci"))
                .post("/api/v1/api-keys")
                .path("key");
        given().auth().oauth2(key).get(ME).then().statusCode(200).body("role", equalTo("EDITOR"));
        String user = "/api/v1/users/" + idOf(name);

        page(admin)
                .body(Map.of("role", "EDITOR", "active", false))
                .put(user)
                .then()
                .statusCode(200);

        page(session).get(ME).then().statusCode(401);
        given().auth().oauth2(key).get(ME).then().statusCode(401);
        signIn(name, PASSWORD).then().statusCode(401);
        page(admin).post(user + "/password-link").then().statusCode(409);
    }

    @Test
    void aLowerRoleHoldsForSessionsAndKeysAtOnce() {
        String name = createUser(Role.EDITOR);
        String session = sessionOf(name);
        String key = page(session)
                .body(Map.of("name", "ci"))
                .post("/api/v1/api-keys")
                .path("key");

        page(admin)
                .body(Map.of("role", "VIEWER", "active", true))
                .put("/api/v1/users/" + idOf(name))
                .then()
                .statusCode(200);

        page(session).get(ME).then().body("role", equalTo("VIEWER"));
        given().auth().oauth2(key).get(ME).then().body("role", equalTo("VIEWER"));
    }

    @Test
    void aLinkWorksOnceAndReplacesTheOneBefore() {
        String name = createUser(Role.VIEWER);
        String session = sessionOf(name);
        String links = "/api/v1/users/" + idOf(name) + "/password-link";
        String first = secretOf(page(admin).post(links), "path");
        String second = secretOf(page(admin).post(links), "path");
        page(session).get(ME).then().statusCode(200);

        choose(first, "my new fine password").statusCode(404);
        choose(second, "short").statusCode(422).body("errors[0].pointer", equalTo("/password"));
        choose(second, "my new fine password").statusCode(200).cookie(COOKIE);

        choose(second, "my new fine password").statusCode(404);
        page(session).get(ME).then().statusCode(401);
        signIn(name, "my new fine password").then().statusCode(200);
    }

    @Test
    void aKeyIsShownOnceAndRefusedWhenItIsDeleted() {
        String session = sessionOf(createUser(Role.EDITOR));
        page(session)
                .body(Map.of("name", "too much", "role", "ADMIN"))
                .post("/api/v1/api-keys")
                .then()
                .statusCode(422);
        page(session)
                .body(Map.of("name", "late", "expiresAt", "2020-01-01T00:00:00Z"))
                .post("/api/v1/api-keys")
                .then()
                .statusCode(422);
        Response created =
                page(session).body(Map.of("name", "ci", "role", "VIEWER")).post("/api/v1/api-keys");
        String key = created.then().statusCode(201).extract().path("key");
        String id = created.path("info.id");
        given().auth().oauth2(key).get(ME).then().statusCode(200).body("role", equalTo("VIEWER"));
        String listed = page(session).get("/api/v1/api-keys").asString();
        assertFalse(listed.contains(key.substring(key.lastIndexOf('_') + 1)), listed);

        page(session).delete("/api/v1/api-keys/" + id).then().statusCode(204);

        given().auth().oauth2(key).get(ME).then().statusCode(401);
        page(session).delete("/api/v1/api-keys/" + id).then().statusCode(404);
    }

    @Test
    void nobodyEndsSessionsOrKeysOfOthers() {
        String mine = sessionOf(createUser(Role.ADMIN));
        String theirs = sessionOf(createUser(Role.VIEWER));
        String session = page(theirs).get("/api/v1/me/sessions").path("items[0].id");
        String key =
                page(theirs).body(Map.of("name", "ci")).post("/api/v1/api-keys").path("info.id");

        page(mine).delete("/api/v1/me/sessions/" + session).then().statusCode(404);
        page(mine).delete("/api/v1/api-keys/" + key).then().statusCode(404);

        page(theirs).get(ME).then().statusCode(200);
        page(theirs).get("/api/v1/api-keys").then().body("items.id", hasItem(key));
    }

    @Test
    void namesAndPasswordsHaveRules() {
        page(admin)
                .body(Map.of("username", "Ada Lovelace", "role", "VIEWER"))
                .post("/api/v1/users")
                .then()
                .statusCode(422);
        page(admin)
                .body(Map.of("username", "ada", "role", "OWNER"))
                .post("/api/v1/users")
                .then()
                .statusCode(400);
        page(admin).body(Map.of("username", "ada")).post("/api/v1/users").then().statusCode(422);
        String name = createUser(Role.VIEWER);
        page(admin)
                .body(Map.of("username", name, "role", "VIEWER"))
                .post("/api/v1/users")
                .then()
                .statusCode(409);
        String links = "/api/v1/users/" + idOf(name) + "/password-link";
        choose(secretOf(page(admin).post(links), "path"), name).statusCode(422);
        choose(secretOf(page(admin).post(links), "path"), "aaaaaaaaaaaaaaaa").statusCode(422);
    }

    @Test
    void theLinkOfTheFirstAdministratorIsOfNoUseWhereThereAreUsers() {
        createUser(Role.VIEWER);
        String secret = firstAdministrator.invite();

        json(Map.of("secret", secret, "username", "mallory", "password", PASSWORD))
                .post("/api/v1/first-administrator")
                .then()
                .statusCode(404)
                .header("Set-Cookie", nullValue())
                .body("detail", not(containsString(secret)));
    }
}
