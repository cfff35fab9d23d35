package dev.datapipeline.worker.retry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.datapipeline.result.FailureCause;
import dev.datapipeline.sandbox.engine.ScriptError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureCausesTest {
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final long FIRST_RECORD = 5_000_000_000L;

    private final FailureCauses causes =
            new FailureCauses(JSON.readerFor(ScriptError.class), position -> FIRST_RECORD + position);

    @Test
    void recordsWithTheSameCauseAreOneGroup() throws IOException {
        for (int position = 0; position < 20; position++) {
            add(position, "ValueError", "value " + position + " of 'field_" + position + "' is odd", 3);
        }

        assertEquals(
                List.of(new FailureCause(
                        "clean",
                        "main",
                        "ValueError",
                        "value … of '…' is odd",
                        "main.py",
                        3,
                        20,
                        List.of(FIRST_RECORD, FIRST_RECORD + 1, FIRST_RECORD + 2, FIRST_RECORD + 3, FIRST_RECORD + 4))),
                causes.list());
    }

    @Test
    void causesDifferByTypePlaceAndMessage() throws IOException {
        add(0, "ValueError", "odd", 3);
        add(1, "ValueError", "odd", 4);
        add(2, "KeyError", "odd", 3);
        add(3, "ValueError", "even", 3);

        assertEquals(4, causes.list().size());
    }

    @Test
    void causesAreInTheOrderOfTheirFirstRecord() throws IOException {
        add(0, "B", "b", 1);
        add(1, "A", "a", 1);
        add(2, "B", "b", 1);

        assertEquals(
                List.of("B", "A"),
                causes.list().stream().map(cause -> cause.key().type()).toList());
    }

    @Test
    void tooManyMessagesOfATypeAreOneGroup() throws IOException {
        for (int position = 0; position < 5_000; position++) {
            add(position, "KeyError", "'key " + position + "'", 3);
        }

        List<FailureCause> list = causes.list();
        assertEquals(101, list.size());
        assertEquals("(various)", list.get(100).key().message());
        assertEquals("KeyError", list.get(100).key().type());
        assertEquals(4_900, list.get(100).records());
    }

    @Test
    void messagesOfTheEngineAreNotMasked() throws IOException {
        add(0, "OOM_KILLED", "The record needed more than 512 MB.", 3);

        assertEquals(
                "The record needed more than 512 MB.",
                causes.list().get(0).key().message());
    }

    @Test
    void numberOfGroupsIsBounded() throws IOException {
        for (int position = 0; position < 5_000; position++) {
            add(position, "Error" + position, "'" + position + "'", position);
        }

        List<FailureCause> list = causes.list();
        assertTrue(list.size() <= 201, list.size() + " groups");
        assertEquals(5_000, list.stream().mapToInt(FailureCause::records).sum());
    }

    private void add(int position, String type, String message, int line) throws IOException {
        ScriptError error = new ScriptError("clean", "main", type, message, "traceback", "main.py", line);
        causes.add(
                position,
                ByteBuffer.wrap(JSON.writeValueAsString(error).getBytes(UTF_8)).asReadOnlyBuffer());
    }
}
