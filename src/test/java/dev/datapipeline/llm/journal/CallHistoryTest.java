package dev.datapipeline.llm.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datapipeline.llm.call.Usage;
import dev.datapipeline.llm.journal.CallHistory.Order;
import dev.datapipeline.llm.journal.CallHistory.PastCall;
import dev.datapipeline.llm.journal.LogEntry.CallOrigin;
import dev.datapipeline.llm.journal.LogEntry.CallOutcome;
import dev.datapipeline.llm.journal.LogEntry.Claimed;
import dev.datapipeline.llm.journal.LogEntry.Ended;
import dev.datapipeline.llm.journal.LogEntry.TryBooked;
import dev.datapipeline.llm.journal.RecordCosts.RecordCost;
import dev.datapipeline.llm.money.Bill;
import dev.datapipeline.llm.money.Picodollars;
import dev.datapipeline.storage.FileBlobs;
import dev.datapipeline.time.Ticker;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallHistoryTest {
    @TempDir
    Path folder;

    private final UUID run = UUID.randomUUID();
    private GroupWriter writer;
    private CallLog log;
    private CallHistory history;

    @BeforeEach
    void open() throws Exception {
        FileBlobs blobs = new FileBlobs(folder);
        writer = new GroupWriter(blobs, Ticker.system(), 4);
        log = new CallLog(blobs, writer);
        history = new CallHistory(log, "now");
    }

    @AfterEach
    void close() {
        writer.close();
    }

    private static CallOrigin origin(long startedAt, long record) {
        return new CallOrigin(startedAt, record, 1, "chat/completions", "model é", "f".repeat(64), 123);
    }

    private void append(String name, LogEntry entry) throws Exception {
        log.append(run, name, entry).get(10, TimeUnit.SECONDS);
    }

    private Ended ended(long call, long record, CallStatus status, long took, long cost) {
        CallOutcome outcome = new CallOutcome(
                status,
                200,
                2,
                new Picodollars(cost),
                new Usage(5, 4, 3, 2, 1, true),
                77,
                6,
                took,
                "2026-01-01",
                "served",
                "why");
        return new Ended(call, origin(call, record), new Bill(new Picodollars(cost), Picodollars.ZERO), outcome);
    }

    private List<String> ids(Order order, int limit) throws Exception {
        return history.list(run, call -> true, order, limit).stream()
                .map(PastCall::id)
                .toList();
    }

    @Test
    void entryIsReadAsItWasWritten() throws Exception {
        Ended entry = ended(1, 7, CallStatus.CUT, 10, 20);
        append("now.1", entry);

        PastCall read = history.list(run, call -> true, Order.NEWEST, 10).getFirst();

        assertEquals(new PastCall("now.1-1", entry.origin(), entry.outcome()), read);
    }

    @Test
    void listsBeginWithWhatIsAskedFor() throws Exception {
        append("now.1", ended(1, 7, CallStatus.SUCCEEDED, 30, 1));
        append("old.1", ended(2, 7, CallStatus.FAILED, 20, 3));
        append("now.1", ended(3, 8, CallStatus.SUCCEEDED, 10, 2));

        assertEquals(List.of("now.1-3", "old.1-2"), ids(Order.NEWEST, 2));
        assertEquals(List.of("now.1-1", "old.1-2", "now.1-3"), ids(Order.SLOWEST, 10));
        assertEquals(List.of("old.1-2"), ids(Order.DEAREST, 1));
        assertEquals(
                1,
                history.list(run, call -> call.outcome().status() == CallStatus.FAILED, Order.NEWEST, 10)
                        .size());
    }

    @Test
    void pagesFollowEachOtherWithoutGapOrRepetition() throws Exception {
        for (int call = 0; call < 5; call++) {
            append("now.1", ended(call, call, CallStatus.SUCCEEDED, 1, 1));
        }
        PastCall last = history.list(run, call -> true, Order.NEWEST, 3).getLast();

        List<PastCall> next =
                history.list(run, call -> CallHistory.isBehind(Order.NEWEST, call, last), Order.NEWEST, 3);

        assertEquals(
                List.of("now.1-1", "now.1-0"), next.stream().map(PastCall::id).toList());
    }

    @Test
    void callThatWasOpenWhenItsProcessDiedWasInterrupted() throws Exception {
        Picodollars amount = new Picodollars(50);
        append("old.1", new Claimed(1, origin(1, 7), amount));
        append("old.1", new TryBooked(1, new Bill(Picodollars.ZERO, new Picodollars(8))));
        append("old.1", new Claimed(1, origin(1, 7), amount));
        append("now.1", new Claimed(1, origin(1, 8), amount));

        List<PastCall> calls = history.list(run, call -> true, Order.NEWEST, 10);

        assertEquals(1, calls.size(), "that of this process goes on");
        assertEquals(CallStatus.INTERRUPTED, calls.getFirst().outcome().status());
        assertEquals(new Picodollars(58), calls.getFirst().outcome().cost());
        assertEquals(2, calls.getFirst().outcome().tries());
    }

    @Test
    void runWithoutCallsHasNone() throws Exception {
        assertEquals(List.of(), ids(Order.NEWEST, 10));
    }

    @Test
    void costsOfRecordsGrowWithTheLog() throws Exception {
        RecordCosts costs = new RecordCosts(log);
        append("now.1", ended(1, 100, CallStatus.SUCCEEDED, 1, 5));
        assertEquals(new RecordCost(1, new Picodollars(5)), costs.of(run, 100, 1)[0]);

        append("now.1", ended(2, 100, CallStatus.SUCCEEDED, 1, 6));
        append("now.2", ended(1, 101, CallStatus.SUCCEEDED, 1, 7));
        append("now.2", ended(2, -1, CallStatus.SUCCEEDED, 1, 9));

        RecordCost[] found = costs.of(run, 99, 4);
        assertEquals(RecordCost.NONE, found[0]);
        assertEquals(new RecordCost(2, new Picodollars(11)), found[1]);
        assertEquals(new RecordCost(1, new Picodollars(7)), found[2]);
        assertEquals(RecordCost.NONE, found[3]);
    }
}
