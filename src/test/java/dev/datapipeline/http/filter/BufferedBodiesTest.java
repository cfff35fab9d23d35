package dev.datapipeline.http.filter;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.memory.MemoryBudget;
import dev.datapipeline.memory.MemoryLease;
import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.Eventually;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DatabaseResource.class)
class BufferedBodiesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MORE_THAN_THERE_ARE_WORKERS = 300;
    private static final String HEAD =
            "POST /api/v1/pipelines HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

    @Inject
    MemoryBudget memory;

    @Test
    void unfinishedBodiesHoldNoThread() throws IOException {
        List<Socket> clients = new ArrayList<>();
        try {
            for (int client = 0; client < MORE_THAN_THERE_ARE_WORKERS; client++) {
                Socket socket = connect();
                clients.add(socket);
                send(socket, HEAD + "Content-Length: 1000\r\n\r\n{");
            }

            given().get("/api/v1/runs").then().statusCode(200);
            given().contentType("application/json")
                    .body("{}")
                    .post("/api/v1/pipelines")
                    .then()
                    .statusCode(422);
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 12\r\n\r\n{\"name\":null",
                "Transfer-Encoding: chunked\r\n\r\nc\r\n{\"name\":null\r\n0\r\n\r\n"
            })
    void bodyIsReadHoweverItsLengthIsTold(String rest) throws IOException {
        assertTrue(exchange(HEAD + "Connection: close\r\n" + rest).contains("INVALID_JSON"));
    }

    @Test
    void ignoresTrailerFields() throws IOException {
        String answer = exchange(HEAD + "Connection: close\r\nTransfer-Encoding: chunked\r\nTrailer: X-After\r\n\r\n"
                + "2\r\n{}\r\n0\r\nX-After: yes\r\n\r\n");

        assertTrue(answer.startsWith("HTTP/1.1 422"), answer);
    }

    @Test
    void sends100Continue() throws IOException {
        try (Socket client = connect()) {
            send(client, HEAD + "Connection: close\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            byte[] goOn = client.getInputStream().readNBytes("HTTP/1.1 100 Continue\r\n\r\n".length());
            assertEquals("HTTP/1.1 100 Continue\r\n\r\n", new String(goOn, StandardCharsets.US_ASCII));

            send(client, "{}");

            String answer = rest(client);
            assertTrue(answer.startsWith("HTTP/1.1 422"), answer);
        }
    }

    @Test
    void rejectsABodyByItsContentLength() throws IOException {
        String answer = exchange(HEAD + "Content-Length: 20000000\r\n\r\n");

        assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
        assertTrue(answer.contains("\"code\":\"TOO_LARGE\""), answer);
    }

    @Test
    void rejectsAChunkedBodyThatBecomesTooLarge() throws IOException {
        String megabyte = "100000\r\n" + " ".repeat(1 << 20) + "\r\n";

        String answer = exchange(HEAD + "Transfer-Encoding: chunked\r\n\r\n" + megabyte.repeat(19));

        assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
    }

    @Test
    void largeBodyFindsNoMemoryWhileOthersHoldIt() {
        String body = "{\"name\":\"x\",\"steps\":[" + " ".repeat(1 << 20) + "]}";
        try (MemoryLease all = memory.take(memory.capacity())) {
            given().contentType("application/json")
                    .body(body)
                    .post("/api/v1/pipelines")
                    .then()
                    .statusCode(503)
                    .header("Retry-After", notNullValue())
                    .body("code", equalTo("MEMORY_UNAVAILABLE"));
            given().contentType("application/json")
                    .body("{}")
                    .post("/api/v1/pipelines")
                    .then()
                    .statusCode(422);
        }
        given().contentType("application/json")
                .body(body)
                .post("/api/v1/pipelines")
                .then()
                .statusCode(422);
    }

    @Test
    void releasesMemoryWhenTheClientDisconnects() throws Exception {
        long before = memory.taken();
        try (Socket client = connect()) {
            send(client, HEAD + "Content-Length: 10000000\r\n\r\n" + " ".repeat(1 << 20));
            Eventually.eventually("memory is counted", PATIENCE, () -> memory.taken() > before);
        }
        Eventually.eventually("memory is given back", PATIENCE, () -> memory.taken() <= before);
    }

    @Test
    void rejectsACompressedBody() {
        given().contentType("application/json")
                .header("Content-Encoding", "gzip")
                .body(new byte[] {31, -117, 8, 0})
                .post("/api/v1/pipelines")
                .then()
                .statusCode(415)
                .body("code", equalTo("UNSUPPORTED_TYPE"));
    }

    @Test
    void countsMillionsOfStepsWithoutHoldingThem() {
        String steps = "{},".repeat(400_000);

        given().contentType("application/json")
                .body("{\"name\":\"x\",\"steps\":[" + steps + "{}]}")
                .post("/api/v1/pipelines")
                .then()
                .statusCode(422)
                .body("code", equalTo("INVALID_PIPELINE"));
        given().contentType("application/json")
                .body("{\"name\":\"x\",\"steps\":[" + steps.repeat(2) + "{}]}")
                .post("/api/v1/pipelines")
                .then()
                .statusCode(413)
                .body("code", equalTo("TOO_LARGE"));
    }

    private static Socket connect() throws IOException {
        return new Socket("localhost", RestAssured.port);
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().flush();
    }

    private static String exchange(String request) throws IOException {
        try (Socket client = connect()) {
            try {
                send(client, request);
            } catch (IOException rejectedBeforeItsEnd) {
                // What came before that counts.
            }
            return rest(client);
        }
    }

    private static String rest(Socket client) throws IOException {
        try (InputStream answer = client.getInputStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
