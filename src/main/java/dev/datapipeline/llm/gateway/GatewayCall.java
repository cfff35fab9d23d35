package dev.datapipeline.llm.gateway;

import dev.datapipeline.llm.call.Admission;
import dev.datapipeline.llm.call.CallEnd;
import dev.datapipeline.llm.call.CallRequest;
import dev.datapipeline.llm.call.CallScope;
import dev.datapipeline.llm.call.Caller;
import dev.datapipeline.llm.call.OpenCall;
import dev.datapipeline.llm.call.QueuedCall;
import dev.datapipeline.llm.call.StoredAnswer;
import dev.datapipeline.llm.gateway.attempt.Attempt;
import dev.datapipeline.llm.gateway.attempt.CallContext;
import dev.datapipeline.llm.gateway.attempt.SentBody;
import dev.datapipeline.llm.gateway.attempt.SharedParts;
import dev.datapipeline.llm.gateway.reply.Answers;
import dev.datapipeline.llm.gateway.reply.GatewayError;
import dev.datapipeline.llm.gateway.reply.Headers;
import dev.datapipeline.llm.request.CallTarget;
import dev.datapipeline.llm.request.ModelRequest;
import dev.datapipeline.llm.request.RequestRefusedException;
import dev.datapipeline.llm.upstream.Upstream;
import dev.datapipeline.outbound.OutboundAnswer;
import dev.datapipeline.outbound.OutboundCall;
import dev.datapipeline.time.Ticker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One call, from its request to its answer. On the event loop of its connection. */
final class GatewayCall implements CallContext {
    private static final Logger LOG = Logger.getLogger(GatewayCall.class);

    private final SharedParts parts;
    private final CallScope scope;
    private final Upstream upstream;
    private final CallTarget.Model target;
    private final OutboundCall client;
    private final Duration longestWait;
    private final Ticker ticker;
    private final long begin;

    private int tries;
    private boolean isClientGone;
    private @Nullable QueuedCall queued;
    private @Nullable Attempt attempt;

    GatewayCall(
            SharedParts parts,
            CallScope scope,
            Upstream upstream,
            CallTarget.Model target,
            OutboundCall client,
            Ticker ticker) {
        this.parts = parts;
        this.scope = scope;
        this.upstream = upstream;
        this.target = target;
        this.client = client;
        this.ticker = ticker;
        this.begin = ticker.nanoTime();
        this.longestWait = ClientPatience.of(client.request().headers());
    }

    void start(Caller caller) {
        client.onGone(this::clientGone);
        byte[] body = client.request().body();
        onLoop(parts.read(body.length, () -> scan(body)), (scan, failure) -> {
            if (failure != null) {
                internalError(failure);
            } else if (scan.request() != null) {
                admit(scan.request(), caller);
            } else if (scan.refused() != null) {
                client.answer(Answers.error(GatewayError.of(scan.refused())));
            }
        });
    }

    /** One of the two. */
    private record Scan(
            @Nullable ModelRequest request, @Nullable RequestRefusedException refused) {}

    private Scan scan(byte[] body) {
        try {
            ModelRequest request = parts.scanner().scan(target.endpoint(), body, scope.grants());
            boolean isAllowed = upstream.allows(request.model())
                    && (scope.models().isEmpty() || scope.models().contains(request.model()));
            return isAllowed ? new Scan(request, null) : new Scan(null, ModelLists.notAllowed(request.model()));
        } catch (RequestRefusedException refused) {
            return new Scan(null, refused);
        }
    }

    private void admit(ModelRequest request, Caller caller) {
        if (isClientGone) {
            return;
        }
        long bound = SentBody.bound(scope, parts.ledger().outputLimit(upstream.name(), request.model()));
        CallRequest call = CallRequests.of(scope, target, request, client.request(), caller, bound, longestWait);
        queue(parts.ledger().admit(call), request, bound);
    }

    private void queue(QueuedCall waiting, ModelRequest request, long bound) {
        queued = waiting;
        if (!waiting.admission().toCompletableFuture().isDone()) {
            client.waits();
        }
        onLoop(waiting.admission(), (admission, failure) -> {
            queued = null;
            switch (admission) {
                case null -> booksFailed(failure);
                case Admission.Granted granted -> granted(granted.call(), request, bound);
                case Admission.Answered known -> answer(known);
                case Admission.Refused refused -> client.answer(Answers.error(GatewayError.of(refused)));
            }
        });
    }

    private void granted(OpenCall open, ModelRequest request, long bound) {
        if (isClientGone) {
            open.settle(new CallEnd.Unbilled(CallEnd.Unbilled.Cause.WITHDRAWN, 0, "the client left"));
            return;
        }
        tries++;
        client.wentUp();
        SentBody sent =
                SentBody.of(client.request().body(), request, target.endpoint(), upstream, parts.habits(), bound);
        Attempt begun = new Attempt(this, open, request, sent, again -> queue(again, request, bound));
        attempt = begun;
        begun.start();
    }

    private void answer(Admission.Answered known) {
        StoredAnswer stored = known.answer();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(Headers.CONTENT_TYPE, stored.contentType());
        headers.put(Headers.REQUEST_ID, stored.requestId() == null ? known.callId() : stored.requestId());
        headers.put(Headers.CALL, known.callId());
        headers.put(Headers.CACHE, known.source() == Admission.Source.CACHE ? "hit" : "replay");
        headers.put(Headers.COST, "0");
        client.answer(new OutboundAnswer(stored.status(), headers, stored.body()));
    }

    private void clientGone() {
        isClientGone = true;
        if (queued != null) {
            queued.withdraw();
        }
        if (attempt != null) {
            attempt.clientGone();
        }
    }

    private void booksFailed(@Nullable Throwable failure) {
        LOG.error("The ledger of model calls failed", failure);
        client.answer(Answers.error(GatewayError.booksUnavailable()));
    }

    private void internalError(Throwable failure) {
        LOG.error("A model call failed", failure);
        client.answer(Answers.error(
                GatewayError.of(500, "server_error", "internal_error", "The service failed; its log says why.")));
    }

    @Override
    public <T> void onLoop(CompletionStage<T> stage, BiConsumer<@Nullable T, @Nullable Throwable> action) {
        if (stage.toCompletableFuture().isDone()) {
            stage.whenComplete(action);
        } else {
            stage.whenCompleteAsync(action, client.loop());
        }
    }

    @Override
    public SharedParts parts() {
        return parts;
    }

    @Override
    public Upstream upstream() {
        return upstream;
    }

    @Override
    public CallTarget.Model target() {
        return target;
    }

    @Override
    public OutboundCall client() {
        return client;
    }

    @Override
    public int tries() {
        return tries;
    }

    @Override
    public Duration elapsed() {
        return Duration.ofNanos(ticker.nanoTime() - begin);
    }

    @Override
    public Duration longestWait() {
        return longestWait;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "call of %s to %s", target.endpoint().path(), upstream.name());
    }
}
