package dev.datapipeline.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.datapipeline.run.FailureCause;
import dev.datapipeline.sandbox.ScriptError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                causes.list().stream().map(FailureCause::type).toList());
    }

    @Test
    void tooManyMessagesOfATypeAreOneGroup() throws IOException {
        for (int position = 0; position < 5_000; position++) {
            add(position, "KeyError", "'key " + position + "'", 3);
        }

        List<FailureCause> list = causes.list();
        assertEquals(101, list.size());
        assertEquals("(various)", list.get(100).message());
        assertEquals("KeyError", list.get(100).type());
        assertEquals(4_900, list.get(100).records());
    }

    @Test
    void whatTheEngineSaysIsKeptWhole() throws IOException {
        add(0, "OOM_KILLED", "The record needed more than 512 MB.", 3);

        assertEquals("The record needed more than 512 MB.", causes.list().get(0).message());
    }

    @Test
    void groupsAreBoundedWhateverTheScriptsRaise() throws IOException {
        for (int position = 0; position < 5_000; position++) {
            add(position, "Error" + position, "'" + position + "'", position);
        }

        List<FailureCause> list = causes.list();
        assertTrue(list.size() <= 201, list.size() + " groups");
        assertEquals(5_000, list.stream().mapToInt(FailureCause::records).sum());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                    | ``",
                "plain words                           | plain words",
                "invalid literal for int(): 'x1'       | invalid literal for int(): '…'",
                "line 12 column 7                      | line … column …",
                "1234567890 is too large               | … is too large",
                "'capital'                             | 'capital'",
                "\"capital\"                           | \"capital\"",
                "no \"a\" and no 'b'                   | no '…' and no '…'",
                "`first line\nsecond line 5`           | first line",
                "`\n`                                  | ``",
                "it's open                             | it's open"
            })
    void whatDiffersFromRecordToRecordIsTakenOut(String message, String masked) {
        assertEquals(masked, FailureCauses.mask(message));
    }

    @Test
    void maskingALongMessageTakesNoTime() {
        String message = "'" + "\"'".repeat(500_000) + "9".repeat(500_000);

        assertTrue(FailureCauses.mask(message).length() < message.length());
    }

    private void add(int position, String type, String message, int line) throws IOException {
        ScriptError error = new ScriptError("clean", "main", type, message, "traceback", "main.py", line);
        causes.add(
                position,
                ByteBuffer.wrap(JSON.writeValueAsString(error).getBytes(UTF_8)).asReadOnlyBuffer());
    }
}
