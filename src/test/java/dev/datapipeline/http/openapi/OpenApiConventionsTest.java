package dev.datapipeline.http.openapi;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import dev.datapipeline.testing.DatabaseResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(DatabaseResource.class)
class OpenApiConventionsTest {
    @Test
    void componentsThatAreNeverNullAreRequired() {
        document()
                .body("components.schemas.Pipeline.required", containsInAnyOrder("name", "steps"))
                .body("components.schemas.Step.required", containsInAnyOrder("name", "main"))
                .body("components.schemas.Script.required", containsInAnyOrder("name", "source"))
                .body("components.schemas.Position.required", containsInAnyOrder("record", "line", "column", "byte"))
                .body("components.schemas.ScriptCheckRequest.required", containsInAnyOrder("source"))
                .body(
                        "components.schemas.SavedPipeline.required",
                        containsInAnyOrder(
                                "id", "name", "version", "steps", "createdAt", "updatedAt", "starred", "tags"));
    }

    @Test
    void nullableComponentsMayBeNull() {
        document()
                .body("components.schemas.Pipeline.properties.description.type", containsInAnyOrder("string", "null"))
                .body("components.schemas.Step.properties.pre.anyOf[1].type", equalTo("null"))
                .body("components.schemas.PagePipelineSummary.required", containsInAnyOrder("items"));
    }

    @Test
    void everyOperationMayAnswerWithAProblem() {
        document()
                .body(
                        "paths.'/api/v1/pipelines'.post.responses.default.content.'application/problem+json'.schema.'$ref'",
                        equalTo("#/components/schemas/Problem"))
                .body("components.schemas.Problem.properties", hasKey("code"))
                .body("paths", not(hasKey("/api/testing/failing/bug")));
    }

    private static ValidatableResponse document() {
        return given().get("/q/openapi?format=json").then().statusCode(200);
    }
}
