package dev.datapipeline.pipeline.check;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.datapipeline.testing.DatabaseResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(DatabaseResource.class)
class ScriptResourceTest {
    @Test
    void goodScriptIsValid() {
        check("def transform(record):\n    return record\n")
                .statusCode(200)
                .body("valid", equalTo(true))
                .body("problems", hasSize(0));
    }

    @Test
    void syntaxErrorHasItsPlace() {
        check("def transform(record):\n    return (\n")
                .statusCode(200)
                .body("valid", equalTo(false))
                .body("problems[0].code", equalTo("SCRIPT_SYNTAX"))
                .body("problems[0].severity", equalTo("error"))
                .body("problems[0].line", equalTo(2));
    }

    @Test
    void scriptWithoutTransformBreaksTheContract() {
        check("x = 1\n")
                .statusCode(200)
                .body("valid", equalTo(false))
                .body("problems[0].code", equalTo("SCRIPT_CONTRACT"));
    }

    @Test
    void brokenRuleIsAnAnswerAndNoError() {
        check("").statusCode(200).body("valid", equalTo(false)).body("problems[0].message", containsString("empty"));
        check("# coding: latin-1").statusCode(200).body("valid", equalTo(false));
    }

    @Test
    void sourceIsRequired() {
        given().contentType(ContentType.JSON)
                .body("{}")
                .post("/api/v1/scripts/check")
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/source"));
    }

    private static ValidatableResponse check(String source) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("source", source))
                .post("/api/v1/scripts/check")
                .then();
    }
}
