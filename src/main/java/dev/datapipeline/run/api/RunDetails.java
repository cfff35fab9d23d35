package dev.datapipeline.run.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.datapipeline.http.download.DownloadLimiter;
import dev.datapipeline.memory.MemoryBudget;
import dev.datapipeline.memory.MemoryLease;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.run.RunRef;
import dev.datapipeline.run.store.RunRepository;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Runs with all their scripts, for responses with one run. Scripts of megabytes need memory of the budget and are streamed like downloads, so that
 * many requests for such a run do not fill the heap.
 */
@Singleton
public class RunDetails {
    /** Steps up to this size are cached and do not need memory of the budget. */
    static final long MAX_CACHED_BYTES = 256 * 1024;

    /** Copies of the steps in memory while they are read and written. */
    private static final int COPIES = 4;

    private final RunRepository runs;
    private final RunAnswers answers;
    private final DownloadLimiter downloads;
    private final MemoryBudget memory;
    private final ObjectWriter writer;

    RunDetails(
            RunRepository runs,
            RunAnswers answers,
            DownloadLimiter downloads,
            MemoryBudget memory,
            ObjectMapper mapper) {
        this.runs = runs;
        this.answers = answers;
        this.downloads = downloads;
        this.memory = memory;
        this.writer = mapper.writerFor(RunResponse.class).without(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    }

    /**
     * The body of a JSON response.
     *
     * @throws ProblemException NOT_FOUND
     */
    public Object of(RunRef run) {
        RunRepository.Whole stored = runs.whole(run.id(), MAX_CACHED_BYTES);
        String steps = stored.steps().json();
        if (steps != null) {
            return answers.of(stored.run(), steps);
        }
        return downloads.list((target, client) -> write(run, stored.steps().bytes(), target));
    }

    private void write(RunRef run, long bytes, OutputStream target) throws IOException {
        try (MemoryLease lease = memory.tryTake(COPIES * bytes).orElseThrow(MemoryBudget::unavailable)) {
            RunRepository.Whole stored = runs.whole(run.id(), Long.MAX_VALUE);
            writer.writeValue(
                    target,
                    answers.of(stored.run(), String.valueOf(stored.steps().json())));
        }
    }
}
