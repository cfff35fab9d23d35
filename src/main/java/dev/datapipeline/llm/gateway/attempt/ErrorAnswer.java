package dev.datapipeline.llm.gateway.attempt;

import dev.datapipeline.llm.answer.ErrorShape;
import dev.datapipeline.llm.call.CallEnd;
import dev.datapipeline.llm.call.CallEnd.Unbilled.Cause;
import dev.datapipeline.llm.gateway.reply.GatewayError;
import dev.datapipeline.llm.upstream.Upstream;
import dev.datapipeline.upstream.UpstreamFailure;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Set;

/** An answer that is no success: is tried again, or goes down in OpenAI's shape. */
final class ErrorAnswer implements AnswerSink {
    private static final int MAX_BYTES = 64 * 1024;
    private static final Set<String> EMPTY_ACCOUNT =
            Set.of("insufficient_quota", "billing_hard_limit_reached", "billing_not_active", "insufficient_balance");

    private final Attempt attempt;
    private final AnswerHead head;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    ErrorAnswer(Attempt attempt, AnswerHead head) {
        this.attempt = attempt;
        this.head = head;
    }

    @Override
    public void bytes(byte[] piece) {
        body.write(piece, 0, Math.min(piece.length, MAX_BYTES - body.size()));
        if (body.size() == MAX_BYTES) {
            attempt.abort();
            end();
        }
    }

    @Override
    public void broken(UpstreamFailure failure, String reason) {
        // The status says enough.
        end();
    }

    @Override
    public void clientGone() {
        attempt.settle(end(Cause.REJECTED, "the client left"), (settled, failure) -> {});
    }

    @Override
    public void end() {
        Upstream upstream = attempt.call().upstream();
        ErrorShape error = ErrorShape.ofUpstream(head.status(), body.toByteArray(), upstream::mask);
        if (isEmptyAccount(error)) {
            attempt.fail(
                    end(Cause.QUOTA_EXHAUSTED, error.message()),
                    GatewayError.of(
                            402,
                            "insufficient_quota",
                            "upstream_quota_exhausted",
                            "The account of the service at the upstream is empty."));
            return;
        }
        switch (head.status()) {
            case 401, 403 -> keyRefusedUnlessOfModel(error);
            case 429 ->
                retryOrFail(
                        RetryRules.mayRetryRateLimited(attempt.call().tries()),
                        end(Cause.RATE_LIMITED, error.message()),
                        new GatewayError(
                                429,
                                new ErrorShape(error.message(), "rate_limit_error", "rate_limit_exceeded"),
                                Duration.ofSeconds(20)));
            default -> other(error);
        }
    }

    private void other(ErrorShape error) {
        int status = head.status();
        if (status < 400) {
            attempt.fail(
                    end(Cause.REJECTED, "status " + status),
                    GatewayError.upstream("redirect", "The upstream sends to another address, which is not followed."));
        } else if (status >= 500) {
            retryOrFail(
                    RetryRules.mayRetryUncertain(status, attempt.call().tries()),
                    new CallEnd.Uncertain(status, error.message()),
                    GatewayError.upstream("error", error.message()));
        } else {
            rejected(error);
        }
    }

    /** The text of the upstream is not shown: it often quotes a part of the key. */
    private void keyRefusedUnlessOfModel(ErrorShape error) {
        if (head.status() == 403 && error.code().startsWith("model_")) {
            rejected(error);
            return;
        }
        String message = "The upstream does not accept the key of the service (status " + head.status()
                + "). Whoever runs the service has to look at it.";
        attempt.fail(end(Cause.KEY_REFUSED, message), GatewayError.upstream("key_refused", message));
    }

    private void rejected(ErrorShape error) {
        CallEnd end = end(Cause.REJECTED, error.message());
        if (isOurFault(error)) {
            attempt.retry(end, Duration.ZERO);
            return;
        }
        if (RetryRules.mayRetryRejected(head.status(), attempt.call().tries())) {
            attempt.retry(end, RetryRules.pause(attempt.call().tries()));
            return;
        }
        byte[] said = body.toByteArray();
        attempt.fail(
                end,
                new GatewayError(head.status(), error, Duration.ZERO),
                ErrorShape.isShaped(said) ? attempt.call().upstream().mask(said) : error.toBytes());
    }

    /** The upstream does not take what we have put in: from now on it is left out, or put in under the other name. */
    private boolean isOurFault(ErrorShape error) {
        boolean isAboutFields = head.status() == 400 || head.status() == 422;
        if (!isAboutFields || attempt.call().tries() > 2) {
            return false;
        }
        String said = error.message() + error.param();
        UpstreamHabits habits = attempt.call().parts().habits();
        if (attempt.sent().isUsageAdded() && (said.contains("stream_options") || said.contains("include_usage"))) {
            habits.rejectsStreamOptions(attempt.call().upstream(), attempt.request());
            return true;
        }
        String field = attempt.sent().boundField();
        if (field.isEmpty() || !said.contains(field)) {
            return false;
        }
        habits.rejectsBound(attempt.call().upstream(), attempt.request(), field);
        return true;
    }

    private boolean isEmptyAccount(ErrorShape error) {
        boolean mayBe = head.status() == 429 || head.status() == 403 || head.status() == 400;
        return head.status() == 402
                || mayBe && (EMPTY_ACCOUNT.contains(error.code()) || EMPTY_ACCOUNT.contains(error.type()));
    }

    private CallEnd end(Cause cause, String reason) {
        return new CallEnd.Unbilled(cause, head.status(), reason);
    }

    private void retryOrFail(boolean mayRetry, CallEnd end, GatewayError error) {
        attempt.retryOrFail(mayRetry, end, error);
    }
}
