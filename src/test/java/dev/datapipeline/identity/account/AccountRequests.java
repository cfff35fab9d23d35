package dev.datapipeline.identity.account;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import dev.datapipeline.identity.Role;
import dev.datapipeline.testing.TestUsers;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/** The requests of the pages for accounts, from an address of their own, so that none waits for what others guessed. */
final class AccountRequests {
    static final String PASSWORD = "correct horse battery staple";
    static final String COOKIE = "dpf-session";
    static final String ME = "/api/v1/me";
    static final String FROM = "X-Forwarded-For";

    final String address =
            "2001:db8:" + Integer.toHexString(ThreadLocalRandom.current().nextInt(0x10000)) + "::1";

    /** A session. */
    final String admin;

    AccountRequests(DataSource database) {
        TestUsers users = new TestUsers(database);
        this.admin = users.session(users.account(Role.ADMIN));
    }

    RequestSpecification page(String session) {
        return given().header(FROM, address)
                .cookie(COOKIE, session)
                .header("Sec-Fetch-Site", "same-origin")
                .contentType(ContentType.JSON);
    }

    RequestSpecification json(Object body) {
        return given().header(FROM, address).contentType(ContentType.JSON).body(body);
    }

    Response signIn(String username, String password) {
        return json(Map.of("username", username, "password", password)).post("/api/v1/session");
    }

    /** Of an answer with a link at this place. */
    static String secretOf(Response answer, String place) {
        String path = answer.then().statusCode(201).extract().path(place);
        return path.substring(path.indexOf('#') + 1);
    }

    ValidatableResponse choose(String secret, String password) {
        return json(Map.of("secret", secret, "password", password))
                .post("/api/v1/password-link")
                .then();
    }

    /** A user who has chosen a password; the name is another one for each test. */
    String createUser(Role role) {
        String name = "user-" + UUID.randomUUID();
        Response created =
                page(admin).body(Map.of("username", name, "role", role)).post("/api/v1/users");
        created.then().statusCode(201).body("user.username", equalTo(name)).body("user.hasPassword", equalTo(false));
        choose(secretOf(created, "passwordLink.path"), PASSWORD).statusCode(200).body("username", equalTo(name));
        return name;
    }

    String sessionOf(String username) {
        return signIn(username, PASSWORD).then().statusCode(200).extract().cookie(COOKIE);
    }

    String idOf(String username) {
        return page(admin).get("/api/v1/users").path("items.find { it.username == '%s' }.id".formatted(username));
    }
}
