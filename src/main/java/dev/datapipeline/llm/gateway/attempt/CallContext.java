package dev.datapipeline.llm.gateway.attempt;

import dev.datapipeline.llm.request.CallTarget;
import dev.datapipeline.llm.upstream.Upstream;
import dev.datapipeline.outbound.OutboundCall;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The call that a try belongs to. */
public interface CallContext {
    SharedParts parts();

    Upstream upstream();

    CallTarget.Model target();

    OutboundCall client();

    /** How often the call has gone up, this try included. */
    int tries();

    /** Since the call came. */
    Duration elapsed();

    /** After which its client would give up. */
    Duration longestWait();

    /** Runs the action on the event loop of the connection: at once where the stage is complete. */
    <T> void onLoop(CompletionStage<T> stage, BiConsumer<@Nullable T, @Nullable Throwable> action);
}
