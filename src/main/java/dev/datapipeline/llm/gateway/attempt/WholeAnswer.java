package dev.datapipeline.llm.gateway.attempt;

import dev.datapipeline.llm.answer.AnswerFacts;
import dev.datapipeline.llm.answer.ErrorShape;
import dev.datapipeline.llm.call.CallEnd;
import dev.datapipeline.llm.call.StoredAnswer;
import dev.datapipeline.llm.gateway.reply.GatewayError;
import dev.datapipeline.llm.gateway.reply.Headers;
import dev.datapipeline.upstream.UpstreamFailure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** An answer of one JSON document: goes down when it is whole, read and booked. */
final class WholeAnswer implements AnswerSink {
    static final int MAX_BYTES = 32 * 1024 * 1024;

    private static final Duration MEMORY_RETRY = Duration.ofMillis(20);
    private static final int MOST_MEMORY_RETRIES = 500;

    private final Attempt attempt;
    private final AnswerHead head;
    private final AnswerBuffer buffer;
    private final Deque<byte[]> unstored = new ArrayDeque<>();
    private boolean isEnded;
    private boolean isOver;
    private int memoryRetries;

    WholeAnswer(Attempt attempt, AnswerHead head) {
        this.attempt = attempt;
        this.head = head;
        this.buffer = new AnswerBuffer(attempt.call().parts().memory());
    }

    @Override
    public void bytes(byte[] piece) {
        unstored.add(piece);
        if (unstored.size() == 1) {
            store();
        }
    }

    @Override
    public void end() {
        isEnded = true;
        if (unstored.isEmpty()) {
            read();
        }
    }

    private void store() {
        for (byte[] piece = unstored.peek(); piece != null && !isOver; piece = unstored.peek()) {
            if (buffer.size() + piece.length > MAX_BYTES) {
                over();
                attempt.tooLarge(head.status());
                return;
            }
            if (!buffer.tryAdd(piece)) {
                waitForMemory();
                return;
            }
            unstored.remove();
        }
    }

    /** The answer is paid: it is worth a wait. */
    private void waitForMemory() {
        if (++memoryRetries > MOST_MEMORY_RETRIES) {
            fail("answer_without_memory", "The service has no memory for the answer of the upstream.");
            return;
        }
        attempt.pause();
        attempt.call().client().after(MEMORY_RETRY, () -> {
            store();
            if (unstored.isEmpty() && !isOver) {
                attempt.resume();
                if (isEnded) {
                    read();
                }
            }
        });
    }

    private void read() {
        byte[] body = attempt.call().upstream().mask(buffer.takeBytes());
        var parts = attempt.call().parts();
        attempt.call()
                .onLoop(
                        parts.read(
                                body.length,
                                () -> parts.reader()
                                        .read(attempt.call().target().endpoint(), body)),
                        (facts, failure) -> conclude(body, facts == null ? Optional.empty() : facts));
    }

    private void conclude(byte[] body, Optional<AnswerFacts> facts) {
        if (facts.isEmpty()) {
            fail("invalid_answer", "The upstream answered with something that is not a JSON object.");
            return;
        }
        AnswerFacts said = facts.get();
        if (said.isError()) {
            ErrorShape error =
                    ErrorShape.ofUpstream(head.status(), body, attempt.call().upstream()::mask);
            fail("error", error.message());
            return;
        }
        String contentType = head.headers().getOrDefault(Headers.CONTENT_TYPE, "application/json");
        StoredAnswer kept =
                new StoredAnswer(head.status(), contentType, head.headers().get(Headers.REQUEST_ID), body);
        isOver = true;
        attempt.complete(
                new CallEnd.Complete(head.status(), said.usage(), said.model(), said.serviceTier(), kept), head, body);
        buffer.close();
    }

    private void fail(String code, String message) {
        over();
        attempt.fail(new CallEnd.Uncertain(head.status(), message), GatewayError.upstream(code, message));
    }

    @Override
    public void broken(UpstreamFailure failure, String reason) {
        over();
        attempt.brokenOff(reason);
    }

    @Override
    public void clientGone() {
        over();
        attempt.settle(new CallEnd.Uncertain(head.status(), "the client left"), (settled, failure) -> {});
    }

    private void over() {
        isOver = true;
        unstored.clear();
        buffer.close();
    }
}
