package dev.datapipeline.sandbox.docker.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.memory.MemoryBudget;
import dev.datapipeline.outbound.OutboundAccess;
import dev.datapipeline.outbound.OutboundAnswer;
import dev.datapipeline.outbound.OutboundCall;
import dev.datapipeline.outbound.OutboundServers;
import dev.datapipeline.outbound.OutboundService;
import dev.datapipeline.outbound.OutboundSettings;
import dev.datapipeline.outbound.RecordSet;
import dev.datapipeline.outbound.SandboxClient;
import dev.datapipeline.outbound.TestAccess;
import dev.datapipeline.sandbox.ServiceInstance;
import dev.datapipeline.sandbox.docker.socket.SandboxFolder;
import dev.datapipeline.sandbox.docker.socket.SocketDirectory;
import dev.datapipeline.sandbox.engine.BatchInput;
import dev.datapipeline.sandbox.engine.Batches;
import dev.datapipeline.sandbox.engine.OriginalRecords;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboundSocketTest {
    private final OutboundServers servers =
            new OutboundServers(OutboundSettings.usual(), new MemoryBudget(64L * 1024 * 1024, Duration.ZERO));
    private final List<String> attempts = new CopyOnWriteArrayList<>();
    private final List<Long> records = new CopyOnWriteArrayList<>();
    private final List<@Nullable RecordSet> batches = new CopyOnWriteArrayList<>();

    @TempDir
    Path directory;

    private SandboxFolder folder;
    private OutboundSocket socket;

    private final OutboundAccess access = TestAccess.to(new OutboundService() {
        @Override
        public void serve(OutboundCall call) {
            records.add(call.request().record());
            batches.add(call.request().batch());
            call.answer(refusal(200, "", ""));
        }

        @Override
        public void attempt(long firstRecord, long count) {
            attempts.add(firstRecord + "+" + count);
        }

        @Override
        public OutboundAnswer refusal(int status, String code, String message) {
            return new OutboundAnswer(status, Map.of(), new byte[0]);
        }
    });

    /** Records 3, 5 and 9 of a dataset, which the engine calls 0, 1 and 2. */
    private static final class SomeRecords implements BatchInput {
        @Override
        public long firstRecord() {
            return 0;
        }

        @Override
        public long index(int position) {
            return List.of(3L, 5L, 9L).get(position);
        }

        @Override
        public int records() {
            return 3;
        }

        @Override
        public ByteBuffer next() {
            throw new AssertionError("nobody reads");
        }

        @Override
        public OriginalRecords originals() {
            throw new AssertionError("nobody reads");
        }
    }

    @BeforeEach
    void makeFolder() throws IOException {
        folder = new SocketDirectory(Optional.of(directory), new ServiceInstance("12345678-x", "p")).newFolder();
        socket = new OutboundSocket(servers, folder, any -> true);
    }

    @AfterEach
    void close() {
        socket.close();
        servers.close();
    }

    private void call(long... claimed) throws IOException {
        for (long record : claimed) {
            SandboxClient.connect(folder.outboundSocket(), record, 0)
                    .post("/", "")
                    .answer();
        }
    }

    @Test
    void thereIsNoSocketBeforeAPipelineAsksForOneAndNoneAfterTheSandbox() throws IOException {
        assertFalse(Files.exists(folder.outboundSocket()));

        socket.open(access);
        assertTrue(Files.exists(folder.outboundSocket()));

        socket.close();
        assertFalse(Files.exists(folder.outboundSocket()));
    }

    @Test
    void sandboxThatWasAbortedGetsNoSocket() throws IOException {
        socket.abort();

        socket.open(access);

        assertFalse(Files.exists(folder.outboundSocket()));
    }

    @Test
    void recordsAreThoseOfTheDatasetAndOnlyOfTheBatch() throws IOException {
        socket.open(access);
        BatchInput some = new SomeRecords();

        call(0);
        socket.begins(some);
        call(0, 2, 3, -1);
        socket.ended(some);
        call(1);

        assertEquals(List.of(-1L, 3L, 9L, -1L, -1L, -1L), records);
        RecordSet batch = new RecordSet(3, 3);
        assertEquals(Arrays.asList(null, batch, batch, batch, batch, null), batches);
    }

    @Test
    void serviceIsToldWhichRecordsBeginAndEnd() throws IOException {
        socket.open(access);
        BatchInput some = new SomeRecords();
        BatchInput all = Batches.numbered(4);

        socket.begins(some);
        socket.ended(some);
        socket.begins(all);

        assertEquals(List.of("3+7", "3+7", "0+4"), attempts);
    }
}
