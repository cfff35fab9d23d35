package dev.datapipeline.llm.gateway.attempt;

import dev.datapipeline.llm.answer.AnswerFacts;
import dev.datapipeline.llm.answer.ErrorShape;
import dev.datapipeline.llm.answer.EventSplitter;
import dev.datapipeline.llm.answer.ServerEvent;
import dev.datapipeline.llm.call.CallEnd;
import dev.datapipeline.llm.call.Endpoint;
import dev.datapipeline.llm.call.StoredAnswer;
import dev.datapipeline.llm.call.Usage;
import dev.datapipeline.llm.gateway.reply.GatewayError;
import dev.datapipeline.llm.gateway.reply.Headers;
import dev.datapipeline.llm.request.ModelRequest;
import dev.datapipeline.outbound.OutboundCall;
import dev.datapipeline.upstream.UpstreamFailure;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is a stream of events: each goes down as soon as it is whole. The last one waits for the books, and a stream that breaks
 * ends with an error and without an end, so that no client takes it for whole.
 */
final class EventAnswer implements AnswerSink {
    private static final int MAX_EVENT = 8 * 1024 * 1024;
    private static final byte[] NOTHING = {};

    private final Attempt attempt;
    private final AnswerHead head;
    private final Endpoint endpoint;
    private final EventSplitter splitter = new EventSplitter(MAX_EVENT);
    private final StreamCopy copy;
    private final ByteArrayOutputStream ready = new ByteArrayOutputStream();

    private boolean hasBegun;
    private boolean isOver;
    private boolean isFinished;
    private long received;
    private long textBytes;
    private long events;
    private @Nullable Usage usage;
    private @Nullable String model;
    private @Nullable String serviceTier;

    EventAnswer(Attempt attempt, AnswerHead head) {
        this.attempt = attempt;
        this.head = head;
        this.endpoint = attempt.call().target().endpoint();
        this.copy = new StreamCopy(attempt.call().parts().memory());
        attempt.call().client().onWritable(attempt::resume);
    }

    @Override
    public void bytes(byte[] piece) {
        received += piece.length;
        for (byte[] raw : splitter.add(piece)) {
            if (!isOver) {
                take(raw);
            }
        }
        if (isOver) {
            return;
        }
        flush();
        if (received > WholeAnswer.MAX_BYTES || splitter.isTooLarge() || isBeyondBound()) {
            breakOff("stream_too_large", "The answer of the upstream is larger than it may be.", false);
        }
    }

    @Override
    public void end() {
        byte[] rest = splitter.rest();
        if (!isOver && rest.length > 0) {
            // Some servers leave the last blank line out.
            take(rest);
        }
        if (isOver) {
            return;
        }
        flush();
        if (isFinished) {
            conclude(NOTHING);
        } else {
            breakOff("stream_broken", "The upstream ended the stream before the answer was whole.", true);
        }
    }

    @Override
    public void broken(UpstreamFailure failure, String reason) {
        if (!isOver) {
            breakOff("stream_broken", "The connection to the upstream broke off within the answer.", true);
        }
    }

    @Override
    public void clientGone() {
        if (!isOver) {
            over();
            attempt.settle(new CallEnd.CutStream(usage, textBytes, events, true), (settled, failure) -> {});
        }
    }

    private void take(byte[] raw) {
        byte[] masked = attempt.call().upstream().mask(raw);
        ServerEvent event = ServerEvent.parse(masked);
        if (!event.hasData()) {
            return;
        }
        if (event.isDone()) {
            conclude(masked);
            return;
        }
        Optional<AnswerFacts> facts = attempt.call().parts().reader().read(endpoint, event.data());
        if (facts.isEmpty()) {
            breakOff("invalid_answer", "The upstream sent an event that is not JSON.", false);
            return;
        }
        take(masked, facts.get());
    }

    private void take(byte[] event, AnswerFacts facts) {
        usage = facts.usage() == null ? usage : facts.usage();
        model = facts.model() == null ? model : facts.model();
        serviceTier = facts.serviceTier() == null ? serviceTier : facts.serviceTier();
        textBytes += facts.textBytes();
        events += facts.hasChoices() ? 1 : 0;
        isFinished |= facts.isFinished();
        if (facts.isError()) {
            ErrorShape error = ErrorShape.ofUpstream(
                    head.status(),
                    ServerEvent.parse(event).data().getBytes(StandardCharsets.UTF_8),
                    attempt.call().upstream()::mask);
            breakOff("error", error.message(), false);
            return;
        }
        boolean isOnlyUsage = facts.usage() != null && !facts.hasChoices();
        if (isOnlyUsage && attempt.sent().isUsageAdded()) {
            return;
        }
        if (endpoint == Endpoint.RESPONSES && facts.isFinished()) {
            conclude(event);
            return;
        }
        ready.writeBytes(event);
    }

    /** An upstream that makes more than it was told to would run over the budget. */
    private boolean isBeyondBound() {
        long bound = attempt.outputTokens();
        return bound != ModelRequest.NO_BOUND && events > 2 * bound + 1000;
    }

    private void flush() {
        byte[] bytes = ready.toByteArray();
        ready.reset();
        if (bytes.length == 0) {
            return;
        }
        OutboundCall client = attempt.call().client();
        begin(client);
        client.write(bytes);
        copy.add(bytes);
        if (!client.isWritable()) {
            attempt.pause();
        }
    }

    private void begin(OutboundCall client) {
        if (!hasBegun) {
            hasBegun = true;
            client.begin(head.status(), attempt.headersDown(head));
        }
    }

    /** @param last bytes that tell the client that it has everything */
    private void conclude(byte[] last) {
        flush();
        Optional<byte[]> bytes = copy.with(last);
        String contentType = head.headers().getOrDefault(Headers.CONTENT_TYPE, "text/event-stream");
        StoredAnswer kept = bytes.map(all -> new StoredAnswer(
                        head.status(), contentType, head.headers().get(Headers.REQUEST_ID), all))
                .orElse(null);
        isOver = true;
        OutboundCall client = attempt.call().client();
        attempt.settle(new CallEnd.Complete(head.status(), usage, model, serviceTier, kept), (settled, failure) -> {
            begin(client);
            if (settled == null) {
                client.cut();
            } else {
                client.write(last);
                client.end();
            }
            attempt.abort();
            copy.close();
        });
    }

    private void breakOff(String code, String message, boolean mayRetry) {
        flush();
        over();
        if (!hasBegun) {
            CallEnd end = events == 0
                    ? new CallEnd.Uncertain(head.status(), message)
                    : new CallEnd.CutStream(usage, textBytes, events, false);
            boolean isRetried =
                    mayRetry && RetryRules.mayRetryUncertain(0, attempt.call().tries());
            attempt.retryOrFail(isRetried, end, GatewayError.upstream(code, message));
            return;
        }
        attempt.abort();
        OutboundCall client = attempt.call().client();
        attempt.settle(new CallEnd.CutStream(usage, textBytes, events, false), (settled, failure) -> {
            client.write(new ErrorShape(message, "upstream_error", "upstream_" + code).toEvent());
            client.cut();
        });
    }

    private void over() {
        isOver = true;
        copy.close();
    }
}
