package dev.datapipeline.llm.gateway.attempt;

import dev.datapipeline.llm.answer.AnswerReader;
import dev.datapipeline.llm.call.CallLedger;
import dev.datapipeline.llm.request.RequestScanner;
import dev.datapipeline.memory.MemoryBudget;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What all calls share.
 *
 * @param readers for bodies so large that reading them would hold up other connections
 */
public record SharedParts(
        CallLedger ledger,
        RequestScanner scanner,
        AnswerReader reader,
        UpstreamHabits habits,
        MemoryBudget memory,
        Executor readers) {
    private static final int LARGE = 256 * 1024;

    /** Reads a body: at once where it is small, else elsewhere, so that the stage completes later and on another thread. */
    public <T> CompletionStage<T> read(int bytes, Supplier<T> reading) {
        return bytes < LARGE
                ? CompletableFuture.completedFuture(reading.get())
                : CompletableFuture.supplyAsync(reading, readers);
    }
}
