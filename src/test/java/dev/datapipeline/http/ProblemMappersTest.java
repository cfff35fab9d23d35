package dev.datapipeline.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.testing.DatabaseResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DatabaseResource.class)
class ProblemMappersTest {
    private static final String PIPELINES = "/api/v1/pipelines";

    @TestHTTPResource
    @Nullable
    URL address;

    @Test
    void problemDocumentIsWhole() {
        assertProblem(given().get(PIPELINES + "/7").then(), 404, "NOT_FOUND")
                .body("type", equalTo("/problems/not-found"))
                .body("title", equalTo("Not found"))
                .body("status", equalTo(404))
                .body("detail", startsWith("There is no such"))
                .body("instance", equalTo(PIPELINES + "/7"))
                .body("$", not(hasKey("errors")))
                .body("$", not(hasKey("position")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/nothing",
                "/api",
                "/api/v1/pipelines/7/steps",
                "/api/v1/pipelines/../secret",
                "/runs/7.js"
            })
    void unknownPathIsAProblemToo(String path) {
        assertProblem(given().urlEncodingEnabled(false).get(path).then(), 404, "NOT_FOUND");
    }

    @Test
    void wrongMethodNamesTheRightOnes() {
        String item = PIPELINES + "/00000000-0000-0000-0000-000000000000";

        assertProblem(given().delete(PIPELINES).then(), 405, "METHOD_NOT_ALLOWED")
                .header("Allow", equalTo("GET, HEAD, OPTIONS, POST"));
        assertProblem(given().post(item).then(), 405, "METHOD_NOT_ALLOWED")
                .header("Allow", equalTo("DELETE, GET, HEAD, OPTIONS, PATCH, PUT"));
        assertProblem(given().request("TRACE", PIPELINES).then(), 405, "METHOD_NOT_ALLOWED");
    }

    @Test
    void rejectsTypesThatThePathDoesNotHave() {
        assertProblem(
                given().contentType("text/plain").body("x").post(PIPELINES).then(), 415, "UNSUPPORTED_TYPE");
        assertProblem(given().accept("text/csv").get(PIPELINES).then(), 406, "NOT_ACCEPTABLE");
        assertProblem(given().accept("garbage").get(PIPELINES).then(), 406, "NOT_ACCEPTABLE");
    }

    @ParameterizedTest
    @CsvSource({
        "'', EMPTY_BODY",
        "'  ', EMPTY_BODY",
        "null, EMPTY_BODY",
        "'{', INVALID_JSON",
        "'{}}', INVALID_JSON",
        "'[]', WRONG_TYPE",
        "'{\"name\": \"a\", \"name\": \"b\"}', DUPLICATE_KEY"
    })
    void bodyThatCannotBeRead(String body, String code) {
        ValidatableResponse response =
                given().contentType(ContentType.JSON).body(body).post(PIPELINES).then();

        assertProblem(response, 400, code);
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit",
        "limit=-1, limit",
        "limit=1001, limit",
        "limit=1e9, limit",
        "limit=99999999999, limit",
        "limit=abc, limit",
        "limit=, limit",
        "limit=1.5, limit",
        "limit=5&limit=6, limit",
        "cursor=garbage, cursor",
        "cursor=, cursor",
        "fields=password, fields",
        "LIMIT=5, LIMIT"
    })
    void parametersOfTheQueryAreNamedWhenRejected(String query, String name) {
        ValidatableResponse response =
                given().urlEncodingEnabled(false).get(PIPELINES + "?" + query).then();

        assertProblem(response, 400, "INVALID_PARAMETER").body("detail", containsString("\"" + name + "\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/pipelines?limit=%zz",
                "/api/v1/pipelines/%zz",
                "/api/v1/pipelines/%00",
                "/api/v1/pipelines/..%2f..%2fetc",
                "/api/v1/pipelines/%ff%fe",
                "/api/v1/pipelines;a=b",
                "//api//v1/pipelines/x",
                "/api/v1/%2e%2e/",
                "/API/v1/pipelines",
                "/api/v1/pipelines?cursor=%00",
                "/api/v1/pipelines/7?version=%F0%9F%92%A9"
            })
    void strangeAddressesAreNeverOurFault(String target) throws IOException {
        String status = statusLine("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertTrue(status.matches("HTTP/1.1 [24]\\d\\d .*"), status);
    }

    @Test
    void rejectsATooLargeBodyByItsLength() throws IOException {
        String answer = answer(
                "POST " + PIPELINES
                        + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 999999999999999999999\r\n\r\n");

        assertTrue(answer.startsWith("HTTP/1.1 4"), answer);
        String large = answer(
                "POST " + PIPELINES
                        + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99999999999999\r\n\r\n");
        assertTrue(large.startsWith("HTTP/1.1 413"), large);
        assertTrue(large.contains("application/problem+json") && large.contains("\"code\":\"TOO_LARGE\""), large);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--x--",
                "--x\r\n\r\nvalue\r\n--x--\r\n",
                "--x\r\nContent-Disposition: form-data\r\n\r\nvalue\r\n--x--\r\n",
                "--x\r\nContent-Disposition form-data name=a\r\n\r\nvalue\r\n--x--\r\n",
                "--x\r\nContent-Disposition: form-data; name=\"pipeline\"\r\n\r\n{}",
                "--x\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: text/plain; charset=nope\r\n\r\nv\r\n--x--\r\n"
            })
    void brokenFormIsTheClientsMistake(String body) {
        assertRejectedForm(body);
    }

    @Test
    void formWithTooManyPartsIsAClientError() {
        assertRejectedForm(
                "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nv\r\n".repeat(10_000) + "--x--\r\n");
    }

    private static void assertRejectedForm(String body) {
        given().config(RestAssuredConfig.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .encodeContentTypeAs("multipart/form-data", ContentType.TEXT)
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .contentType("multipart/form-data; boundary=x")
                .body(body)
                .post("/api/v1/runs")
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void internalErrorsShowOnlyAnId() {
        assertProblem(given().get("/api/testing/failing/bug").then(), 500, "INTERNAL")
                .body(not(containsString("select")))
                .body(not(containsString("/home")))
                .body(not(containsString("Exception")))
                .body("detail", containsString("under "));
    }

    @Test
    void unreachableDatabaseIsAnsweredWithRetryAfter() {
        assertProblem(given().get("/api/testing/failing/database").then(), 503, "DATABASE_UNAVAILABLE")
                .header("Retry-After", equalTo("5"))
                .body(not(containsString("127.0.0.1")))
                .body(not(containsString("select")));
    }

    @Test
    void problemsIgnoreTheAcceptHeader() {
        assertProblem(
                        given().accept("text/csv")
                                .get("/api/testing/failing/table")
                                .then(),
                        429,
                        "TOO_MANY_REQUESTS")
                .header("Retry-After", equalTo("7"));
    }

    private static ValidatableResponse assertProblem(ValidatableResponse response, int status, String code) {
        return response.statusCode(status)
                .contentType(startsWith("application/problem+json"))
                .body("code", equalTo(code))
                .body("status", equalTo(status));
    }

    private String statusLine(String request) throws IOException {
        return answer(request).lines().findFirst().orElse("");
    }

    private String answer(String request) throws IOException {
        URL service = address;
        if (service == null) {
            throw new IllegalStateException("the service has no address");
        }
        try (Socket socket = new Socket(service.getHost(), service.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
