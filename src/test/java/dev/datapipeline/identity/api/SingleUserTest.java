package dev.datapipeline.identity.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.datapipeline.testing.DatabaseResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DatabaseResource.class)
class SingleUserTest {
    @Test
    void whoeverAsksMayDoEverything() {
        given().get("/api/v1/me")
                .then()
                .statusCode(200)
                .body("singleUser", equalTo(true))
                .body("role", equalTo("ADMIN"))
                .body("username", nullValue());
        given().auth().oauth2("dpf_wrong").get("/api/v1/runs").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/users", "/api/v1/api-keys", "/api/v1/me/sessions"})
    void thereAreNoUsers(String path) {
        given().get(path).then().statusCode(409).body("code", equalTo("SINGLE_USER"));
    }
}
