package dev.datapipeline.identity.access;

import static dev.datapipeline.testing.Eventually.eventually;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.datapipeline.testing.DatabaseResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(DatabaseResource.class)
class LocalAuditTest {
    @Test
    void withoutUsersChangesAreThereAsLocal() throws Exception {
        String dataset = given().contentType(ContentType.JSON)
                .body("[{}]")
                .post("/api/v1/datasets")
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        eventually(
                "the entry of the upload",
                () -> !given().queryParam("target", dataset)
                        .get("/api/v1/audit")
                        .path("items")
                        .equals(List.of()));
        given().queryParam("target", dataset)
                .get("/api/v1/audit")
                .then()
                .body("items[0].username", equalTo("local"))
                .body("items[0].account", nullValue())
                .body("items[0].outcome", equalTo("SUCCEEDED"))
                .body("items[0].address", equalTo("127.0.0.1"));
    }
}
