package dev.datapipeline.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.dataset.ingest.Gzip;
import dev.datapipeline.dataset.ingest.RandomJson;
import dev.datapipeline.storage.StorageConfig;
import dev.datapipeline.testing.DatabaseResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Uploads as networks and strangers deliver them. */
@QuarkusTest
@WithTestResource(DatabaseResource.class)
class UploadConnectionTest {
    private static final Duration WINDOW = Duration.ofSeconds(20);

    @Inject
    StorageConfig storage;

    @Inject
    DatasetRepository repository;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(WINDOW).build();

    private HttpResponse<String> post(String type, BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + RestAssured.port + "/api/v1/datasets"))
                .timeout(WINDOW)
                .header("Content-Type", type)
                .POST(body);
        for (int index = 0; index < headers.length; index += 2) {
            request.header(headers[index], headers[index + 1]);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private List<String> drafts() {
        String[] names = storage.directory().resolve("drafts").toFile().list();
        return names == null ? List.of() : Arrays.asList(names);
    }

    private void awaitNoDrafts() throws InterruptedException {
        long deadline = System.nanoTime() + WINDOW.toNanos();
        while (!drafts().isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(10);
        }
        assertEquals(List.of(), drafts());
    }

    @Test
    void uploadWithoutALengthIsStreamed() throws Exception {
        byte[] block = "{\"text\":\"some words\"}\n".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
        BodyPublisher body = BodyPublishers.ofByteArrays(Collections.nCopies(2_000, block));

        HttpResponse<String> response = post("application/x-ndjson", body);

        assertEquals(201, response.statusCode());
        assertTrue(response.body().contains("\"records\":2000000,\"bytes\":44000000"), response.body());
    }

    @Test
    void answerToABadUploadDoesNotWaitForItsEnd() throws IOException {
        try (Socket socket = connect("Content-Length: 1000000000", "[{\"a\":1}, oops")) {
            assertTrue(answer(socket).startsWith("HTTP/1.1 400"));
        }
    }

    @Test
    void announcedLengthBeyondTheLimitIsAnsweredAtOnce() throws IOException {
        try (Socket socket = connect("Content-Length: 99999999999999", "[")) {
            assertTrue(answer(socket).startsWith("HTTP/1.1 413"));
        }
    }

    @Test
    void nothingStaysOfAnUploadThatBreaksOff() throws Exception {
        long before = repository.count();
        try (Socket socket = connect("Content-Length: 1000", "[{\"a\":1},")) {
            awaitDraft();
            assertFalse(socket.isClosed());
        }

        awaitNoDrafts();
        assertEquals(before, repository.count());
    }

    @Test
    void brokenChunksAreNoUpload() throws Exception {
        long before = repository.count();
        try (Socket socket = connect("Transfer-Encoding: chunked", "4\r\n[{},\r\nnonsense\r\n")) {
            String answer = answer(socket);
            assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 4"), answer);
        }

        awaitNoDrafts();
        assertEquals(before, repository.count());
    }

    @Test
    void damagedUploadsAreTheFaultOfTheClient() throws Exception {
        Random random = new Random(1815);
        RandomJson json = new RandomJson(random);
        for (int round = 0; round < 300; round++) {
            byte[] upload = json.array().getBytes(StandardCharsets.UTF_8);
            boolean isPacked = round % 3 == 0;
            byte[] sent = isPacked ? Gzip.pack(new String(upload, StandardCharsets.UTF_8)) : upload;
            sent[random.nextInt(sent.length)] ^= (byte) (1 << random.nextInt(8));
            String type = Stream.of("application/json", "application/x-ndjson", "text/csv")
                    .toList()
                    .get(random.nextInt(3));

            HttpResponse<String> response =
                    post(type, BodyPublishers.ofByteArray(sent), "Content-Encoding", isPacked ? "gzip" : "identity");

            assertTrue(response.statusCode() < 500, response::body);
        }
        awaitNoDrafts();
    }

    private void awaitDraft() throws InterruptedException {
        long deadline = System.nanoTime() + WINDOW.toNanos();
        while (drafts().isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(10);
        }
        assertFalse(drafts().isEmpty(), "the upload is being taken in");
    }

    private Socket connect(String header, String body) throws IOException {
        Socket socket = new Socket("localhost", RestAssured.port);
        socket.setSoTimeout((int) WINDOW.toMillis());
        String request = "POST /api/v1/datasets HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + header + "\r\n\r\n" + body;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** The first part of the answer; empty when the connection was closed without one. */
    private static String answer(Socket socket) throws IOException {
        InputStream answer = socket.getInputStream();
        byte[] first = new byte[1024];
        int length = answer.read(first);
        return length < 0 ? "" : new String(first, 0, length, StandardCharsets.US_ASCII);
    }
}
