package dev.datapipeline.results.scan;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.http.download.Client;
import dev.datapipeline.result.FileResultStore;
import dev.datapipeline.result.ResultStore;
import dev.datapipeline.run.RecordFilter;
import dev.datapipeline.run.StoredRun;
import dev.datapipeline.run.store.batch.BatchQueries;
import dev.datapipeline.run.store.failure.FailureQueries;
import dev.datapipeline.run.store.failure.RecordQuery;
import dev.datapipeline.storage.FileBlobs;
import dev.datapipeline.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A run of seven batches with every kind of record. */
abstract class RunRecordsFixture {
    /** What records 0 to 69 are: batches of ten, of which the fourth broke and the last two were cancelled. */
    static final String STATUSES =
            "SSSSSSSSSS" + "FSSSSKSSSF" + "KKKKKKKKKK" + "ffffffffff" + "SSFSSSSSSS" + "cccccccccc".repeat(2);

    @TempDir
    Path folder;

    FileBlobs blobs;
    ResultStore store;
    RunRecords records;
    StoredRun run;

    @BeforeEach
    void storeRun() throws IOException, SQLException {
        blobs = new FileBlobs(folder);
        store = new FileResultStore(blobs);
        Transactions transactions = new Transactions(TestDatabase.shared());
        records = new RunRecords(
                new BatchQueries(transactions),
                new FailureQueries(transactions),
                blobs,
                store,
                JsonMapper.builder().build());
        run = new StoredRun(blobs, 7);
        run.finish(1, STATUSES.substring(10, 20), "a");
        run.finish(0, STATUSES.substring(0, 10), "b");
        run.fail(3);
        run.finish(2, STATUSES.substring(20, 30), "a");
        run.finish(4, STATUSES.substring(40, 50), "b");
        run.claim(5);
        run.cancel();
    }

    SeenRecords visit(RecordFilter filter, long offset, long limit) throws IOException {
        SeenRecords seen = new SeenRecords();
        records.visit(
                run.spec(),
                RecordQuery.of(filter),
                new RecordRange(0, offset, limit, Long.MAX_VALUE),
                seen,
                Client.NONE);
        return seen;
    }

    /** What a search finds in as many parts as it takes when each may look at so many bytes. */
    List<Long> search(RecordQuery query, int limit, long bytes) throws IOException {
        SeenRecords seen = new SeenRecords();
        OptionalLong next = OptionalLong.of(0);
        while (next.isPresent()) {
            long from = next.getAsLong();
            int before = seen.indexes.size();
            next = records.visit(run.spec(), query, new RecordRange(from, 0, limit, bytes), seen, Client.NONE);
            assertTrue(next.isEmpty() || next.getAsLong() > from, "from " + from + " to " + next);
            assertTrue(seen.indexes.size() - before <= limit);
        }
        return seen.indexes;
    }
}
