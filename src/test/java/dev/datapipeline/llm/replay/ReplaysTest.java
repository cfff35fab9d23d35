package dev.datapipeline.llm.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.llm.call.Caller;
import dev.datapipeline.llm.call.Caller.OfBatch;
import dev.datapipeline.llm.call.Caller.OfRecord;
import dev.datapipeline.llm.call.Caller.OfSandbox;
import dev.datapipeline.llm.call.StoredAnswer;
import dev.datapipeline.llm.journal.CallLog;
import dev.datapipeline.llm.journal.GroupWriter;
import dev.datapipeline.llm.replay.Replays.Question;
import dev.datapipeline.storage.FileBlobs;
import dev.datapipeline.time.Ticker;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplaysTest {
    @TempDir
    Path folder;

    private final UUID run = UUID.randomUUID();
    private FileBlobs blobs;
    private GroupWriter writer;
    private Replays replays;
    private int processes;

    @BeforeEach
    void startProcess() throws Exception {
        blobs = new FileBlobs(folder);
        writer = new GroupWriter(blobs, Ticker.system(), 4);
        replays = new Replays(blobs, writer, "p" + processes++);
    }

    @AfterEach
    void endProcess() {
        writer.close();
    }

    private void restart() throws Exception {
        endProcess();
        startProcess();
    }

    private static StoredAnswer answer(String text) {
        return new StoredAnswer(200, "application/json", "req-1", text.getBytes(UTF_8));
    }

    private void keep(Question question, String text) throws Exception {
        replays.find(question);
        replays.keep(question, answer(text)).get(10, TimeUnit.SECONDS);
    }

    private Optional<String> find(Question question) throws Exception {
        return replays.find(question).map(found -> new String(found.body(), UTF_8));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100_000})
    void answerComesBackByteForByteAfterTheProcessDied(int events) throws Exception {
        byte[] stream = ("data: {\"é\"}\r\n\r\n".repeat(events) + "data: [DONE]\n\n").getBytes(UTF_8);
        Question question = replays.ask(run, new OfRecord(7), 1, "f");
        replays.find(question);
        replays.keep(question, new StoredAnswer(200, "text/event-stream", null, stream))
                .get(10, TimeUnit.SECONDS);

        restart();

        StoredAnswer found =
                replays.find(replays.ask(run, new OfRecord(7), 1, "f")).orElseThrow();
        assertEquals("text/event-stream", found.contentType());
        assertEquals(null, found.requestId());
        assertEquals(new String(stream, UTF_8), new String(found.body(), UTF_8));
    }

    @Test
    void equalRequestsOfOneRecordKeepTheirOrder() throws Exception {
        keep(replays.ask(run, new OfRecord(7), 1, "f"), "first");
        keep(replays.ask(run, new OfRecord(7), 1, "f"), "second");
        assertEquals(Optional.empty(), find(replays.ask(run, new OfRecord(7), 1, "f")));

        replays.attempt(run, 5, 5);

        assertEquals(Optional.of("first"), find(replays.ask(run, new OfRecord(7), 1, "f")));
        assertEquals(Optional.of("second"), find(replays.ask(run, new OfRecord(7), 1, "f")));
        assertEquals(Optional.empty(), find(replays.ask(run, new OfRecord(7), 1, "f")));
    }

    @Test
    void batchThatRunsAgainGetsWhatNoRecordIsKnownFor() throws Exception {
        Caller batch = new OfBatch(5, 3);
        keep(replays.ask(run, batch, -1, "f"), "first");
        keep(replays.ask(run, batch, -1, "f"), "second");

        replays.attempt(run, 5, 3);

        assertEquals(Optional.of("first"), find(replays.ask(run, batch, -1, "f")));
        assertEquals(Optional.of("second"), find(replays.ask(run, batch, -1, "f")));
        assertEquals(Optional.empty(), find(replays.ask(run, new OfBatch(5, 2), -1, "f")));
        assertEquals(Optional.empty(), find(replays.ask(run, new OfBatch(8, 3), -1, "f")));
        assertEquals(Optional.empty(), find(replays.ask(run, new OfRecord(5), -1, "f")));
    }

    @Test
    void everySandboxGetsWhatTheFirstOneAskedWhileItLoadedScripts() throws Exception {
        Caller first = new OfSandbox(UUID.randomUUID());
        keep(replays.ask(run, first, -1, "f"), "one");
        keep(replays.ask(run, first, -1, "f"), "two");
        Caller next = new OfSandbox(UUID.randomUUID());

        assertEquals(Optional.of("one"), find(replays.ask(run, next, -1, "f")));
        assertEquals(Optional.of("two"), find(replays.ask(run, next, -1, "f")));
        assertEquals(Optional.empty(), find(replays.ask(run, first, -1, "f")));
    }

    @Test
    void attemptAtOtherRecordsChangesNothing() {
        replays.ask(run, new OfRecord(7), 1, "f");
        replays.attempt(run, 8, 5);
        replays.attempt(run, 0, 7);

        assertEquals(1, replays.ask(run, new OfRecord(7), 1, "f").use());
    }

    @Test
    void recordsStagesAndRequestsDoNotShareAnswers() throws Exception {
        keep(replays.ask(run, new OfRecord(7), 1, "f"), "a");

        assertEquals(Optional.empty(), find(replays.ask(run, new OfRecord(8), 1, "f")));
        assertEquals(Optional.empty(), find(replays.ask(run, new OfRecord(7), 2, "f")));
        assertEquals(Optional.empty(), find(replays.ask(run, new OfRecord(7), 1, "g")));
        assertEquals(Optional.empty(), find(replays.ask(UUID.randomUUID(), new OfRecord(7), 1, "f")));
    }

    @Test
    void halfWrittenAnswerIsNotFoundAndThoseBeforeItAre() throws Exception {
        keep(replays.ask(run, new OfRecord(1), 0, "f"), "whole");
        keep(replays.ask(run, new OfRecord(2), 0, "f"), "cut");
        endProcess();
        try (var files = Files.walk(folder.resolve("blobs"));
                RandomAccessFile file = new RandomAccessFile(
                        files.filter(Files::isRegularFile)
                                .findFirst()
                                .orElseThrow()
                                .toFile(),
                        "rw")) {
            file.setLength(file.length() - 1);
        }
        startProcess();

        assertEquals(Optional.of("whole"), find(replays.ask(run, new OfRecord(1), 0, "f")));
        assertEquals(Optional.empty(), find(replays.ask(run, new OfRecord(2), 0, "f")));
    }

    @Test
    void onceLoadedAbsenceIsKnownWithoutTheDisk() throws Exception {
        Question question = replays.ask(run, new OfRecord(1), 0, "f");
        assertFalse(replays.isSurelyAbsent(question));
        find(question);
        assertTrue(replays.isSurelyAbsent(question));

        keep(question, "a");
        assertFalse(replays.isSurelyAbsent(question));
    }

    @Test
    void releasedRunIsReadAgain() throws Exception {
        keep(replays.ask(run, new OfRecord(1), 0, "f"), "a");
        replays.release(run);

        assertEquals(Optional.of("a"), find(replays.ask(run, new OfRecord(1), 0, "f")));
    }

    @Test
    void manyAnswersAreFoundAgain() throws Exception {
        List<Question> questions = new ArrayList<>();
        for (int record = 0; record < 5_000; record++) {
            Question question = replays.ask(run, new OfRecord(record), 0, "f" + record);
            replays.find(question);
            questions.add(question);
            replays.keep(question, answer("answer " + record));
        }
        restart();

        for (int record = 0; record < 5_000; record++) {
            assertEquals(Optional.of("answer " + record), find(questions.get(record)));
        }
    }

    @Test
    void everythingGoesWithTheFolderOfTheRun() throws Exception {
        Question question = replays.ask(run, new OfRecord(1), 0, "f");
        keep(question, "a");
        replays.release(run);
        blobs.delete(CallLog.folder(run));

        assertEquals(Optional.empty(), find(question));
    }

    @Test
    void sharedAnswersStayWithinTheirSpace() throws Exception {
        StoredAnswer large = new StoredAnswer(200, "a/b", null, new byte[20 << 20]);
        ExactCache cache = new ExactCache(blobs, writer, "p", 150L << 20);
        cache.find("f", 0);
        for (int i = 0; i < 12; i++) {
            cache.keep("f" + i, 0, large).get(10, TimeUnit.SECONDS);
        }

        cache.trim();

        assertEquals(Optional.empty(), cache.find("f0", 0));
        assertTrue(cache.find("f11", 0).isPresent());
        assertTrue(cache.isSurelyAbsent("f0", 0));
        assertTrue(new ExactCache(blobs, writer, "q", 150L << 20).find("f11", 0).isPresent());
    }
}
