package dev.datapipeline.upstream;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One request to an upstream and its answer. Its methods may be called on any thread. */
public final class UpstreamExchange {
    /** Bytes that may wait for the executor; an upstream can be faster than whoever handles its answer. */
    private static final long MOST_WAITING = 256L * 1024;

    private final Context context;
    private final Executor executor;
    private final UpstreamListener listener;
    private final AtomicLong waiting = new AtomicLong();
    private @Nullable HttpClientRequest request;
    private @Nullable HttpClientResponse response;
    private boolean isPaused;
    private volatile boolean isBehind;
    private boolean isOver;

    /** @param executor that tells the listener, one after the other */
    public UpstreamExchange(Context context, Executor executor, UpstreamListener listener) {
        this.context = context;
        this.executor = executor;
        this.listener = listener;
    }

    /** The answer is of no use any more: the connection is reset, and the listener hears nothing else. */
    public void abort() {
        context.runOnContext(now -> {
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
        context.runOnContext(now -> {
            isPaused = true;
            flow();
        });
    }

    public void resume() {
        context.runOnContext(now -> {
            isPaused = false;
            flow();
        });
    }

    private void flow() {
        if (response == null || isOver) {
            return;
        }
        if (isPaused || isBehind) {
            response.pause();
        } else {
            response.resume();
        }
    }

    private void pass(byte[] bytes) {
        if (waiting.addAndGet(bytes.length) > MOST_WAITING && !isBehind) {
            isBehind = true;
            flow();
        }
        executor.execute(() -> {
            listener.bytes(bytes);
            if (waiting.addAndGet(-bytes.length) == 0 && isBehind) {
                context.runOnContext(now -> {
                    isBehind = false;
                    flow();
                });
            }
        });
    }

    /** @param onNoConnection told before the listener when there was no connection */
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

    /** Ends it without an answer, unless it is over. */
    public void fail(UpstreamFailure failure, Throwable cause) {
        if (!isOver) {
            isOver = true;
            String reason = String.valueOf(cause.getMessage());
            executor.execute(() -> listener.failed(failure, reason));
        }
    }

    private void receive(HttpClientResponse begun) {
        if (isOver) {
            return;
        }
        response = begun;
        Map<String, String> headers = new HashMap<>();
        begun.headers().forEach((name, value) -> headers.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
        int status = begun.statusCode();
        executor.execute(() -> listener.head(status, headers));
        begun.handler(piece -> pass(piece.getBytes()));
        begun.exceptionHandler(failure -> fail(
                failure instanceof TimeoutException ? UpstreamFailure.TIMED_OUT : UpstreamFailure.BROKEN_OFF, failure));
        begun.endHandler(end -> {
            if (!isOver) {
                isOver = true;
                executor.execute(listener::end);
            }
        });
        flow();
    }

    private void reset() {
        if (request != null) {
            request.reset();
        }
    }
}
