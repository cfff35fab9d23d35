package dev.datapipeline.run.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.pipeline.Pipeline;
import dev.datapipeline.pipeline.Step;
import dev.datapipeline.sandbox.engine.EnginePipeline;
import dev.datapipeline.sandbox.engine.HeldPipeline;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Reads the scripts of runs for sandboxes that have to load them. Nothing is kept: a sandbox loads its pipeline once, and starting it takes far
 * longer than reading. Of long scripts only so many are in memory at the same time; who needs more waits, short ones never do.
 */
final class RunScripts {
    /** Bytes of steps that are read without being counted: as many may be in memory as sandboxes start at the same time. */
    static final long UNCOUNTED = 256 * 1024;

    /** Times that the steps stand in memory while they are read from the database and sent: bytes, their text, the scripts, the frame. */
    private static final int COPIES = 5;

    /** Permits are counted in an int. */
    private static final int UNIT = 1024;

    private final Transactions transactions;
    private final ObjectReader steps;
    private final int capacity;
    private final Semaphore free;

    /** @param bytes that long scripts may take in memory together; one run that needs more gets all of them */
    RunScripts(Transactions transactions, ObjectMapper mapper, long bytes) {
        this.transactions = transactions;
        this.steps = mapper.readerFor(new TypeReference<List<Step>>() {});
        this.capacity = (int) Math.clamp(bytes / UNIT, 1, Integer.MAX_VALUE);
        this.free = new Semaphore(capacity, true);
    }

    /**
     * The pipeline as it was after so many retries: a retry may bring other scripts, which must never meet batches of the go before.
     *
     * @throws SandboxFailureException CLOSED when the run is gone or was retried since
     */
    HeldPipeline open(UUID run, int retries) throws SandboxFailureException, InterruptedException {
        Stored stored = read(run, retries, UNCOUNTED);
        if (stored.steps() != null) {
            return new HeldPipeline(pipeline(run, stored), () -> {});
        }
        int permits = (int) Math.min(capacity, COPIES * stored.bytes() / UNIT);
        free.acquire(permits);
        boolean isHeld = false;
        try {
            EnginePipeline pipeline = pipeline(run, read(run, retries, Long.MAX_VALUE));
            isHeld = true;
            return new HeldPipeline(pipeline, () -> free.release(permits));
        } finally {
            if (!isHeld) {
                free.release(permits);
            }
        }
    }

    /** @param steps as JSON; null where they are longer than was asked for */
    private record Stored(
            long bytes,
            @Nullable String steps,
            Duration recordTimeout,
            int recordConcurrency,
            boolean keepsAllStages) {}

    private Stored read(UUID run, int retries, long longest) throws SandboxFailureException {
        Optional<Stored> stored = transactions.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement("""
                    select octet_length(text), case when octet_length(text) <= ? then text end,
                           record_timeout_ms, record_concurrency, trace = 'all'
                      from (select steps::text as text, record_timeout_ms, record_concurrency, trace
                              from run where id = ? and retries = ? offset 0) stored""")) {
                select.setLong(1, longest);
                select.setObject(2, run);
                select.setInt(3, retries);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(stored(row)) : Optional.empty();
                }
            }
        });
        return stored.orElseThrow(() -> new SandboxFailureException(
                SandboxFailure.CLOSED, "The run is gone, or was retried with other scripts.", null));
    }

    private static Stored stored(ResultSet row) throws SQLException {
        return new Stored(
                row.getLong(1), row.getString(2), Duration.ofMillis(row.getLong(3)), row.getInt(4), row.getBoolean(5));
    }

    private EnginePipeline pipeline(UUID run, Stored stored) {
        try {
            Pipeline pipeline = new Pipeline(run.toString(), null, steps.<List<Step>>readValue(stored.steps()));
            return new EnginePipeline(
                    pipeline.engineSteps(),
                    stored.recordTimeout(),
                    stored.recordConcurrency(),
                    stored.keepsAllStages());
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("the steps of run " + run + " cannot be read", broken);
        }
    }
}
