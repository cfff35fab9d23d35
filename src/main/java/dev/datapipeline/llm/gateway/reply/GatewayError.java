package dev.datapipeline.llm.gateway.reply;

import dev.datapipeline.llm.answer.ErrorShape;
import dev.datapipeline.llm.call.Admission;
import dev.datapipeline.llm.request.RequestRefusedException;
import java.time.Duration;

/**
 * An error for the client. It is final: all retries that make sense have been made here.
 *
 * @param retryAfter zero where trying again is useless
 */
public record GatewayError(int status, ErrorShape shape, Duration retryAfter) {
    public static GatewayError of(int status, String type, String code, String message) {
        return new GatewayError(status, new ErrorShape(message, type, code), Duration.ZERO);
    }

    public static GatewayError of(RequestRefusedException refused) {
        return of(refused.status(), "invalid_request_error", refused.code(), refused.text());
    }

    public static GatewayError of(Admission.Refused refused) {
        GatewayError error = switch (refused.refusal()) {
            case BUDGET_EXHAUSTED -> of(402, "insufficient_quota", "budget_exhausted", refused.message());
            case PRICE_UNKNOWN -> of(400, "invalid_request_error", "model_price_unknown", refused.message());
            case COST_UNBOUNDED -> of(400, "invalid_request_error", "cost_unbounded", refused.message());
            case RATE_LIMITED -> of(429, "rate_limit_error", "rate_limit_exceeded", refused.message());
            case RUN_NOT_ACTIVE -> of(403, "invalid_request_error", "run_not_active", refused.message());
            case LEDGER_UNAVAILABLE -> of(503, "server_error", "llm_books_unavailable", refused.message());
            case SHUTTING_DOWN -> of(503, "server_error", "llm_shutting_down", refused.message());
        };
        return new GatewayError(error.status(), error.shape(), refused.retryAfter());
    }

    public static GatewayError upstream(String code, String message) {
        return of(502, "upstream_error", "upstream_" + code, message);
    }

    public static GatewayError booksUnavailable() {
        return of(503, "server_error", "llm_books_unavailable", "The service cannot write the books of the call.");
    }
}
