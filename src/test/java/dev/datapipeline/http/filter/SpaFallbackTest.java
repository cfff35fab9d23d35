package dev.datapipeline.http.filter;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.datapipeline.testing.DatabaseResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page of one line stands in for the real one, which the build makes and these tests do without. */
@QuarkusTest
@WithTestResource(DatabaseResource.class)
class SpaFallbackTest {
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private static final String PAGE = "stands in for the page";

    @ParameterizedTest
    @ValueSource(strings = {"/runs", "/runs/7f3a", "/runs/7f3a/records/3", "/apiary", "/new"})
    void servesThePageForItsPaths(String path) {
        given().get(path).then().statusCode(200).body(containsString(PAGE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/runs/x.y", "/nothing.html", "/assets.js"})
    void servesThePageWith404ForAMissingFile(String path) {
        given().header("Accept", BROWSER)
                .get(path)
                .then()
                .statusCode(404)
                .header("Cache-Control", equalTo("no-cache"))
                .body(containsString(PAGE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/runs/x.y", "/nothing.html", "/robots.txt"})
    void answersProgramsWithAProblemForAMissingFile(String path) {
        assertNotFound("*/*", path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/api/v1/nothing", "/api/v1/x.y", "/assets/gone.js"})
    void neverServesThePageForServicePaths(String path) {
        assertNotFound(BROWSER, path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health", "/submit_pipeline", "/get_result/1"})
    void neverServesThePageForOtherServicePaths(String path) {
        given().header("Accept", BROWSER).get(path).then().body(not(containsString(PAGE)));
    }

    private static void assertNotFound(String accept, String path) {
        given().header("Accept", accept)
                .get(path)
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("code", equalTo("NOT_FOUND"));
    }
}
