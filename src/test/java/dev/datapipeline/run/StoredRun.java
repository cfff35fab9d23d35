package dev.datapipeline.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.result.FailureCause;
import dev.datapipeline.result.FailureCauseId;
import dev.datapipeline.result.FileResultStore;
import dev.datapipeline.result.ResultBytes;
import dev.datapipeline.result.ResultLocation;
import dev.datapipeline.result.ResultWriter;
import dev.datapipeline.run.api.RunSnapshotCache;
import dev.datapipeline.run.store.RecordMetrics;
import dev.datapipeline.run.store.RetryRepository;
import dev.datapipeline.run.store.RunRepository;
import dev.datapipeline.run.store.RunTransitions;
import dev.datapipeline.run.store.batch.BatchClaim;
import dev.datapipeline.run.store.batch.BatchOutcome.Broken;
import dev.datapipeline.run.store.batch.BatchOutcome.Finished;
import dev.datapipeline.run.store.batch.BatchRepository;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.sandbox.engine.pipeline.EnginePipeline;
import dev.datapipeline.sandbox.image.SandboxBase;
import dev.datapipeline.storage.BlobName;
import dev.datapipeline.storage.BlobWriter;
import dev.datapipeline.storage.FileBlobs;
import dev.datapipeline.testing.NoRunCosts;
import dev.datapipeline.testing.Rows;
import dev.datapipeline.testing.TestDatabase;
import dev.datapipeline.time.Ticker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A run at the table with the blobs of its dataset; record n is {@code {"n":n}}, ten records a batch. */
public final class StoredRun {
    public static final FailureCauseId KEY = new FailureCauseId("clean", "main", "KeyError", "'x'", "main.py", 3);
    public static final FailureCauseId VALUE =
            new FailureCauseId("clean", "main", "ValueError", "number …", "main.py", 3);
    private static final String OWNER = "installation/instance";

    private final Transactions transactions = new Transactions(TestDatabase.shared());
    private final RunTransitions transitions = new RunTransitions();
    private final BatchRepository batches = new BatchRepository(
            transactions,
            transitions,
            new RunSnapshotCache(new RunRepository(), NoRunCosts.answers(), new ObjectMapper(), Ticker.system()),
            new RecordMetrics(new SimpleMeterRegistry()));
    private final FileBlobs blobs;
    final UUID id;
    private final UUID dataset;

    public StoredRun(FileBlobs blobs, int batches) throws SQLException, IOException {
        this.blobs = blobs;
        Rows rows = new Rows(TestDatabase.shared());
        id = rows.run(batches);
        dataset = UUID.fromString(
                rows.row("select dataset_id from run where id = ?", id).get(0));
        storeDataset(batches * 10);
    }

    private void storeDataset(int records) throws IOException {
        StringBuilder lines = new StringBuilder();
        ByteBuffer offsets = ByteBuffer.allocate((records + 1) * Long.BYTES);
        for (int n = 0; n < records; n++) {
            offsets.putLong(lines.length());
            lines.append("{\"n\":").append(n).append("}\n");
        }
        publish("records.ndjson", ByteBuffer.wrap(lines.toString().getBytes(UTF_8)));
        publish("offsets", offsets.putLong(lines.length()).flip());
    }

    private void publish(String name, ByteBuffer bytes) throws IOException {
        try (BlobWriter draft = blobs.create(BlobName.of("datasets", dataset, name))) {
            draft.write(bytes);
            draft.publish();
        }
    }

    public RunSpec spec() {
        EnginePipeline pipeline = new EnginePipeline(List.of(), Duration.ofSeconds(1), 1, true);
        return new RunSpec(new RunRef(id), dataset, 0, pipeline, SandboxBase.DEFAULT, null, false, null);
    }

    /** Ends a batch with the statuses, one letter a record: S succeeded, F and V failed for a key or a value, K skipped. */
    public void finish(int number, String statuses, String segment) throws IOException {
        ResultBytes results = new ResultBytes();
        for (int record = 0; record < statuses.length(); record++) {
            switch (statuses.charAt(record)) {
                case 'S' -> results.succeeded("{\"of\":" + number + "}");
                case 'F' -> results.failed("KeyError", "'x'");
                case 'V' -> results.failed("ValueError", "number " + record);
                default -> results.skipped("\"no\"");
            }
        }
        Finished finished = new Finished(
                new BatchSummary(
                        statuses.length(),
                        count(statuses, 'S'),
                        count(statuses, 'F') + count(statuses, 'V'),
                        count(statuses, 'K')),
                append(segment, results.bytes()),
                causes(number, statuses));
        batches.finish(claim(number), OWNER, finished);
    }

    private static List<FailureCause> causes(int number, String statuses) {
        return Stream.of(KEY, VALUE)
                .map(key -> new FailureCause(
                        key, count(statuses, key == KEY ? 'F' : 'V'), List.of(number * 10L + statuses.indexOf('F'))))
                .filter(cause -> cause.records() > 0)
                .toList();
    }

    private ResultLocation append(String segment, byte[] results) throws IOException {
        try (ResultWriter writer = new FileResultStore(blobs).begin(id, segment)) {
            writer.write(ByteBuffer.wrap(results));
            return writer.commit("some log".getBytes(UTF_8));
        }
    }

    public void fail(int number) {
        batches.finish(claim(number), OWNER, new Broken("ENGINE_DIED", "gone"));
    }

    public BatchClaim claim(int number) {
        return batches.claim(new BatchId(id, number), OWNER, Duration.ofMinutes(1))
                .orElseThrow();
    }

    public void retry() {
        retry(null);
    }

    /** Only what failed for the cause. */
    public void retry(@Nullable FailureCauseId cause) {
        transactions.run(
                connection -> RetryRepository.open(connection, id, cause == null ? null : cause.id(), null, null));
    }

    public void cancel() {
        transactions.run(connection -> transitions.stop(connection, id, RunStatus.CANCELLED, null));
    }

    private static int count(String statuses, char status) {
        return (int) statuses.chars().filter(letter -> letter == status).count();
    }
}
