package dev.datapipeline.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.datapipeline.http.download.Client;
import dev.datapipeline.results.scan.RecordRange;
import dev.datapipeline.results.scan.RunRecords;
import dev.datapipeline.run.RecordFilter;
import dev.datapipeline.run.RunSpec;
import dev.datapipeline.run.service.RunSpecCache;
import dev.datapipeline.run.store.failure.RecordQuery;
import dev.datapipeline.sandbox.engine.pipeline.StepOutline;
import dev.datapipeline.time.Deadline;
import dev.datapipeline.time.Ticker;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Groups the skipped records of a run by reason. Reads batches with skipped records only. */
@Singleton
class SkipSummary {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(2);

    /** Bytes that are read between two looks at the clock. */
    private static final long STEP_BYTES = 16L * 1024 * 1024;

    private final RunRecords records;
    private final RunSpecCache specs;
    private final ObjectReader texts;
    private final Ticker ticker;

    SkipSummary(RunRecords records, RunSpecCache specs, ObjectMapper mapper, Ticker ticker) {
        this.records = records;
        this.specs = specs;
        this.texts = mapper.readerFor(String.class);
        this.ticker = ticker;
    }

    @Schema(name = "Skips")
    record SkipsResponse(
            @Schema(description = "The 200 most frequent reasons, the most frequent first")
            List<SkipResponse> items,

            @Schema(description = "Skipped records that this request has read, those for further reasons included")
            long total,

            @Schema(description = "Go on from there for more; null at the end") @Nullable
            Long nextFrom) {}

    @Schema(name = "Skip")
    record SkipResponse(
            @Schema(description = "Names the reason, for the list of records and for correlations")
            String id,

            @Nullable String step,
            @Nullable String stage,

            @Schema(description = "What the script said, with the varying parts masked")
            String reason,

            long count,
            long firstIndex,
            List<Long> examples,

            @Schema(description = "Records in each of up to 60 parts of the input, in its order")
            List<Long> spread) {}

    /** Reads for about two seconds, from the record with index {@code from} on. */
    SkipsResponse of(RunSpec spec, long from, long total, Client client) throws IOException {
        SkipCounter counter = new SkipCounter(texts, total);
        Deadline deadline = ticker.deadlineIn(TIME_LIMIT);
        OptionalLong next = OptionalLong.of(from);
        while (next.isPresent() && !deadline.isOver()) {
            RecordRange range = new RecordRange(next.getAsLong(), 0, Long.MAX_VALUE, STEP_BYTES);
            next = records.visit(spec, RecordQuery.of(RecordFilter.SKIPPED), range, counter, client);
        }
        List<StepOutline> steps = specs.outline(spec.run());
        return new SkipsResponse(
                counter.mostFrequent(steps), counter.records(), next.isPresent() ? next.getAsLong() : null);
    }
}
