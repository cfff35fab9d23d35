package dev.datapipeline.http.filter;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.datapipeline.testing.DatabaseResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DatabaseResource.class)
class CrossSiteRequestFilterTest {
    @Test
    void requestWithoutBrowserHeadersPasses() {
        upload(given()).then().statusCode(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"same-origin", "none"})
    void ownPagePasses(String site) {
        upload(given().header("Sec-Fetch-Site", site)).then().statusCode(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "x"})
    void pageOfAnotherSiteChangesNothing(String site) {
        upload(given().header("Sec-Fetch-Site", site))
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("code", equalTo("CROSS_SITE"));
        given().header("Sec-Fetch-Site", site)
                .delete("/api/v1/runs/00000000-0000-0000-0000-000000000000")
                .then()
                .statusCode(403);
    }

    @Test
    void usesOriginWithoutSecFetchSite() {
        upload(withOrigin("http://localhost:8080")).then().statusCode(201);
        for (String other : List.of(
                "https://evil.example",
                "null",
                "http://localhost:80800",
                "http://localhost",
                "http://x.localhost:8080")) {
            upload(withOrigin(other)).then().statusCode(403);
        }
    }

    private static RequestSpecification withOrigin(String origin) {
        return given().header("Host", "localhost:8080").header("Origin", origin);
    }

    @Test
    void linkFromAnotherSiteShowsThePage() {
        given().header("Sec-Fetch-Site", "cross-site")
                .get("/api/v1/runs")
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({
        "evil.example, 421",
        "localhost.evil.example, 421",
        "127.0.0.1.nip.io, 421",
        "LOCALHOST, 200",
        "pipeline.localhost, 200",
        "127.0.0.1, 200",
        "192.168.1.7:8080, 200",
        "[::1]:8080, 200"
    })
    void onlyKnownNamesAreAnswered(String host, int status) {
        given().header("Host", host).get("/api/v1/runs").then().statusCode(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/runs", "/api/v1/nothing", "/q/health/live"})
    void everyAnswerIsStrict(String path) {
        given().get(path)
                .then()
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Resource-Policy", "same-origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/runs", "/runs/1", "/get_result/1"})
    void contentSecurityPolicyAllowsThePageOnly(String path) {
        given().get(path)
                .then()
                .header("Content-Security-Policy", containsString("script-src 'self';"))
                .header("Content-Security-Policy", containsString("frame-ancestors 'none'"));
    }

    @Test
    void apiExplorerWorks() {
        given().get("/q/swagger-ui/")
                .then()
                .statusCode(200)
                .header("Content-Security-Policy", containsString("script-src 'self' 'sha256-"));
    }

    private static Response upload(RequestSpecification request) {
        return request.contentType("application/json").body("[{\"a\":1}]").post("/api/v1/datasets?name=own");
    }
}
