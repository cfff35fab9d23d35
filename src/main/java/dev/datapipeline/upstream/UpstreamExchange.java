package dev.datapipeline.upstream;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.impl.ContextInternal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One request to an upstream and its answer. All of it happens on one event loop; its methods may be called on any thread. */
public final class UpstreamExchange {
    private final ContextInternal context;
    private final UpstreamListener listener;
    private @Nullable HttpClientRequest request;
    private @Nullable HttpClientResponse response;
    private boolean isPaused;
    private boolean isOver;

    /** @param context of the event loop, on which the listener is told too */
    public UpstreamExchange(Context context, UpstreamListener listener) {
        // Only this view of it runs at once what is on its event loop already.
        this.context = (ContextInternal) context;
        this.listener = listener;
    }

    /** The answer is of no use any more: the connection is reset, and the listener hears nothing else. */
    public void abort() {
        context.execute(() -> {
            if (!isOver) {
                isOver = true;
                // Never after the end: it would close the connection under the request that has it next
                // (vert-x3/vertx#6294).
                reset();
            }
        });
    }

    /** Takes no more of the answer for now. */
    public void pause() {
        context.execute(() -> {
            isPaused = true;
            if (response != null && !isOver) {
                response.pause();
            }
        });
    }

    public void resume() {
        context.execute(() -> {
            isPaused = false;
            if (response != null && !isOver) {
                response.resume();
            }
        });
    }

    /**
     * Sends the request. On the event loop.
     *
     * @param onNoConnection told before the listener when there was no connection
     */
    public void send(HttpClient client, RequestOptions options, byte[] body, Runnable onNoConnection) {
        if (isOver) {
            return;
        }
        client.request(options).onComplete(connected -> {
            if (connected.failed()) {
                onNoConnection.run();
                fail(UpstreamFailure.NOT_CONNECTED, connected.cause());
                return;
            }
            request = connected.result();
            if (isOver) {
                reset();
                return;
            }
            connected.result().send(Buffer.buffer(body)).onComplete(answered -> {
                if (answered.failed()) {
                    boolean isLate = answered.cause() instanceof TimeoutException;
                    fail(isLate ? UpstreamFailure.TIMED_OUT : UpstreamFailure.NO_ANSWER, answered.cause());
                } else {
                    receive(answered.result());
                }
            });
        });
    }

    /** Ends it without an answer, unless it is over. On the event loop. */
    public void fail(UpstreamFailure failure, Throwable cause) {
        if (!isOver) {
            isOver = true;
            listener.failed(failure, String.valueOf(cause.getMessage()));
        }
    }

    private void receive(HttpClientResponse begun) {
        if (isOver) {
            return;
        }
        response = begun;
        begun.handler(piece -> {
            if (!isOver) {
                listener.bytes(piece.getBytes());
            }
        });
        begun.exceptionHandler(failure -> fail(
                failure instanceof TimeoutException ? UpstreamFailure.TIMED_OUT : UpstreamFailure.BROKEN_OFF, failure));
        begun.endHandler(end -> {
            if (!isOver) {
                isOver = true;
                listener.end();
            }
        });
        if (isPaused) {
            begun.pause();
        }
        Map<String, String> headers = new HashMap<>();
        begun.headers().forEach((name, value) -> headers.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
        listener.head(begun.statusCode(), headers);
    }

    private void reset() {
        if (request != null) {
            request.reset();
        }
    }
}
