package dev.datapipeline.http.download;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionResetTest {
    /** More than all buffers between the service and a client hold. */
    private static final int LENGTH = 32 * 1024 * 1024;

    private final Vertx vertx = Vertx.vertx();
    private final CompletableFuture<HttpServerRequest> asked = new CompletableFuture<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private int port;

    @BeforeEach
    void listen() throws Exception {
        HttpServer server = vertx.createHttpServer().requestHandler(request -> {
            request.response().closeHandler(nothing -> closed.countDown());
            request.response().exceptionHandler(failure -> {});
            request.response().write(Buffer.buffer(new byte[LENGTH]));
            asked.complete(request);
        });
        port = server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void resetWakesAWriterWhoseClientReadsNothing() throws Exception {
        try (Socket client = ask()) {
            ConnectionReset.reset(asked.get(10, TimeUnit.SECONDS).connection());

            assertTrue(closed.await(10, TimeUnit.SECONDS));
            assertFalse(client.isClosed());
        }
    }

    @Test
    void clientNoticesAnIncompleteAnswer() throws Exception {
        try (Socket client = ask()) {
            ConnectionReset.reset(asked.get(10, TimeUnit.SECONDS).connection());
            assertTrue(closed.await(10, TimeUnit.SECONDS));

            InputStream answer = client.getInputStream();
            assertThrows(SocketException.class, () -> answer.transferTo(OutputStream.nullOutputStream()));
        }
    }

    /** In HTTP/1.0 the end of the connection is the end of the answer. */
    private Socket ask() throws Exception {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
        client.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(US_ASCII));
        return client;
    }
}
