package dev.datapipeline.llm.gateway.attempt;

import dev.datapipeline.llm.call.CallEnd;
import dev.datapipeline.llm.call.OpenCall;
import dev.datapipeline.llm.call.QueuedCall;
import dev.datapipeline.llm.call.Settlement;
import dev.datapipeline.llm.gateway.reply.Answers;
import dev.datapipeline.llm.gateway.reply.GatewayError;
import dev.datapipeline.llm.gateway.reply.Headers;
import dev.datapipeline.llm.request.ModelRequest;
import dev.datapipeline.llm.upstream.UpstreamRequest;
import dev.datapipeline.outbound.OutboundAnswer;
import dev.datapipeline.upstream.UpstreamExchange;
import dev.datapipeline.upstream.UpstreamFailure;
import dev.datapipeline.upstream.UpstreamListener;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One try of a call: ends its open call exactly once, by {@link #settle} or {@link #retry}. */
public final class Attempt implements UpstreamListener {
    private static final Logger LOG = Logger.getLogger(Attempt.class);

    private final CallContext call;
    private final OpenCall open;
    private final ModelRequest request;
    private final SentBody sent;
    private final Consumer<QueuedCall> again;

    private boolean isConcluded;
    private @Nullable UpstreamExchange exchange;
    private @Nullable AnswerSink sink;

    /** @param again takes the call when it is to be tried again */
    public Attempt(CallContext call, OpenCall open, ModelRequest request, SentBody sent, Consumer<QueuedCall> again) {
        this.call = call;
        this.open = open;
        this.request = request;
        this.sent = sent;
        this.again = again;
    }

    public void start() {
        UpstreamRequest up = new UpstreamRequest(
                HttpMethod.POST,
                call.target().endpoint().path(),
                call.target().query(),
                Headers.up(call.client().request().headers()),
                sent.bytes());
        exchange = call.upstream().send(up, call.client().loop(), this);
    }

    @Override
    public void head(int status, Map<String, String> headers) {
        guarded(() -> {
            open.answered(status, Headers.limits(headers));
            AnswerHead head = new AnswerHead(status, headers);
            if (!head.isSuccess()) {
                sink = new ErrorAnswer(this, head);
            } else if (head.isEncoded()) {
                invalid(status, "The upstream answered in a coding that nobody asked for.");
            } else if (head.isStream()) {
                sink = new EventAnswer(this, head);
            } else if (head.isJson() && head.saysMoreBytesThan(WholeAnswer.MAX_BYTES)) {
                tooLarge(status);
            } else if (head.isJson()) {
                sink = new WholeAnswer(this, head);
            } else {
                invalid(status, "The upstream answered with something that is neither JSON nor a stream of events.");
            }
        });
    }

    private void invalid(int status, String message) {
        fail(new CallEnd.Uncertain(status, message), GatewayError.upstream("invalid_answer", message));
    }

    void tooLarge(int status) {
        String message = "The answer of the upstream is larger than 32 MB.";
        fail(new CallEnd.Uncertain(status, message), GatewayError.upstream("answer_too_large", message));
    }

    @Override
    public void bytes(byte[] piece) {
        guarded(() -> {
            if (sink != null) {
                sink.bytes(piece);
            }
        });
    }

    @Override
    public void end() {
        guarded(() -> {
            if (sink != null) {
                sink.end();
            }
        });
    }

    @Override
    public void failed(UpstreamFailure failure, String reason) {
        String masked = call.upstream().mask(reason);
        guarded(() -> {
            if (sink != null) {
                sink.broken(failure, masked);
            } else {
                failedBeforeAnswer(failure, masked);
            }
        });
    }

    private void failedBeforeAnswer(UpstreamFailure failure, String reason) {
        switch (failure) {
            case NOT_CONNECTED -> {
                CallEnd end = new CallEnd.Unbilled(CallEnd.Unbilled.Cause.NOT_CONNECTED, 0, reason);
                String message = "There is no connection to the upstream: " + reason;
                retryOrFail(
                        RetryRules.mayRetryConnection(call.elapsed(), call.longestWait()),
                        end,
                        GatewayError.upstream("not_reachable", message));
            }
            case TIMED_OUT ->
                fail(
                        new CallEnd.Uncertain(0, reason),
                        GatewayError.upstream("timeout", "The upstream did not answer in time."));
            case NO_ANSWER, BROKEN_OFF -> brokenOff(reason);
        }
    }

    /** The connection was lost and nothing has gone down yet. */
    void brokenOff(String reason) {
        retryOrFail(
                RetryRules.mayRetryUncertain(0, call.tries()),
                new CallEnd.Uncertain(0, reason),
                GatewayError.upstream(
                        "connection_lost", "The upstream broke the connection off before its answer was whole."));
    }

    public void clientGone() {
        if (isConcluded) {
            return;
        }
        abort();
        if (sink != null) {
            sink.clientGone();
        } else {
            settle(new CallEnd.Uncertain(0, "the client left"), (settled, failure) -> {});
        }
    }

    void retryOrFail(boolean mayRetry, CallEnd end, GatewayError error) {
        if (mayRetry) {
            retry(end, RetryRules.pause(call.tries()));
        } else {
            fail(end, error);
        }
    }

    void retry(CallEnd end, Duration pause) {
        if (!isConcluded) {
            isConcluded = true;
            abort();
            again.accept(open.retry(end, pause));
        }
    }

    /** Books the try, then tells the client. */
    void fail(CallEnd end, GatewayError error) {
        fail(end, error, error.shape().toBytes());
    }

    /** @param body of the error, in OpenAI's shape */
    void fail(CallEnd end, GatewayError error, byte[] body) {
        abort();
        settle(
                end,
                (settled, failure) ->
                        call.client().answer(Answers.error(error, body, Map.of(Headers.CALL, open.id()))));
    }

    /** Books the whole answer, then sends it. */
    void complete(CallEnd.Complete end, AnswerHead head, byte[] body) {
        settle(end, (settled, failure) -> {
            if (settled == null) {
                call.client().answer(Answers.error(GatewayError.booksUnavailable()));
                return;
            }
            Map<String, String> headers = headersDown(head);
            headers.put(Headers.COST, settled.cost());
            call.client().answer(new OutboundAnswer(head.status(), headers, body));
        });
    }

    /** @param then on the event loop, once the books are durable; with null where they are not */
    void settle(CallEnd end, BiConsumer<@Nullable Settlement, @Nullable Throwable> then) {
        if (isConcluded) {
            return;
        }
        isConcluded = true;
        call.onLoop(open.settle(end), (settled, failure) -> {
            if (failure != null) {
                LOG.error("The books of a model call cannot be written", failure);
            }
            then.accept(settled, failure);
        });
    }

    Map<String, String> headersDown(AnswerHead head) {
        Map<String, String> headers = new LinkedHashMap<>(Headers.down(head.headers(), call.upstream()));
        headers.putIfAbsent(Headers.REQUEST_ID, open.id());
        headers.put(Headers.CALL, open.id());
        headers.put(Headers.CACHE, "miss");
        return headers;
    }

    /** Takes nothing more from the upstream. */
    void abort() {
        if (exchange != null) {
            exchange.abort();
        }
    }

    void pause() {
        if (exchange != null) {
            exchange.pause();
        }
    }

    void resume() {
        if (exchange != null) {
            exchange.resume();
        }
    }

    CallContext call() {
        return call;
    }

    ModelRequest request() {
        return request;
    }

    /** Of all its answers at most; {@link ModelRequest#NO_BOUND} where nothing bounds them. */
    long outputTokens() {
        return sent.boundOfAnswer() == ModelRequest.NO_BOUND
                ? ModelRequest.NO_BOUND
                : request.answers() * sent.boundOfAnswer();
    }

    SentBody sent() {
        return sent;
    }

    /** A fault of ours must not leave the call open. */
    private void guarded(Runnable step) {
        if (isConcluded) {
            return;
        }
        try {
            step.run();
        } catch (RuntimeException failure) {
            LOG.error("The answer to a model call cannot be handled", failure);
            fail(
                    new CallEnd.Uncertain(0, "internal error"),
                    GatewayError.of(500, "server_error", "internal_error", "The service failed; its log says why."));
        }
    }
}
