package dev.datapipeline.environment.index.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.environment.index.page.IndexFile;
import dev.datapipeline.environment.index.upstream.IndexSample.Source;
import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.secret.SecretSample;
import dev.datapipeline.time.Ticker;
import dev.datapipeline.upstream.NetworkSample;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** An index of the settings, and the stub that it is at. */
@Timeout(60)
abstract class RemoteIndexFixture {
    static final String SECRET = "pass-word-1234";
    static Vertx vertx;
    static IndexClient client;

    final StubIndex stub = start();

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
        client = new IndexClient(vertx, Ticker.system());
    }

    @AfterAll
    static void closeAll() {
        client.close();
        vertx.close();
    }

    @AfterEach
    void close() {
        stub.close();
    }

    static StubIndex start() {
        try {
            return new StubIndex();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    static RemoteIndex index(Source source) {
        return index(source, NetworkSample.direct());
    }

    static RemoteIndex index(Source source, NetworkSample network) {
        return new RemoteIndexes(
                        IndexSample.none().with("corp", source),
                        network,
                        SecretSample.none(),
                        client,
                        () -> "http://127.0.0.1:1/")
                .find("corp")
                .orElseThrow();
    }

    RemoteIndex index() {
        return index(Source.at(stub.url()));
    }

    List<IndexFile> files() throws Exception {
        return index().files("a").orElseThrow();
    }

    IndexUnreachableException failure(RemoteIndex index) {
        IndexUnreachableException failure = assertThrows(IndexUnreachableException.class, () -> index.files("a"));
        assertEquals("corp", failure.index());
        assertFalse(failure.text().contains(SECRET), failure.text());
        assertFalse(failure.text().contains("/simple"), failure.text());
        return failure;
    }

    void assertUnreachable(String reason) {
        String text = failure(index()).text();
        assertTrue(text.startsWith("The package index \"corp\" (127.0.0.1) cannot be used: "), text);
        assertTrue(text.contains(reason), text);
    }
}
