package dev.datapipeline.http.filter;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.testing.DatabaseResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is rejected before a resource is asked has the body that every rejection has. */
@QuarkusTest
@WithTestResource(DatabaseResource.class)
class RequestLimitsFilterTest {
    private static final int PATIENCE_MS = 20_000;

    private static void assertProblem(Response response, int status, String code) {
        response.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status))
                .body("code", equalTo(code));
    }

    @Test
    void longAddressIsRejected() {
        assertProblem(given().get("/api/v1/runs/" + "x".repeat(5_000)), 414, "ADDRESS_TOO_LONG");
    }

    @Test
    void largeHeadersAreRejected() {
        assertProblem(given().header("X-Large", "x".repeat(30_000)).get("/api/v1/runs"), 431, "HEADERS_TOO_LARGE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Host: a b:x\r\n"})
    void requestForNoHostIsRejected(String host) throws IOException {
        String answer = exchange("GET /api/v1/runs HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n");

        assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
        assertTrue(answer.contains("\"code\":\"INVALID_REQUEST\""), answer);
    }

    @Test
    void closesTheConnectionAfterABodyWithTwoLengths() throws IOException {
        String answer =
                exchange("POST /api/v1/datasets HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                        + "GET /api/v1/runs HTTP/1.1\r\nHost: localhost\r\n\r\n");

        assertEquals(2, answer.split("HTTP/1.1", -1).length, answer);
    }

    /** Sends the text and returns all that comes until the service ends the connection. */
    private static String exchange(String request) throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
