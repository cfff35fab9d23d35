package dev.datapipeline.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureCauseIdTest {
    private static final FailureCauseId KEY = new FailureCauseId("clean", "main", "KeyError", "'a'", "main.py", 3);

    @Test
    void idDependsOnTheCauseOnly() {
        assertEquals(KEY.id(), new FailureCauseId("clean", "main", "KeyError", "'a'", "main.py", 3).id());
        assertTrue(KEY.id().matches("[0-9a-f]{16}"), KEY.id());
        assertNotEquals(KEY.id(), new FailureCauseId("clean", "main", "KeyError", "'a'", "main.py", 4).id());
        assertNotEquals(KEY.id(), new FailureCauseId(null, "main", "KeyError", "'a'", "main.py", 3).id());
        assertNotEquals(KEY.id(), new FailureCauseId("null", "main", "KeyError", "'a'", "main.py", 3).id());
        assertNotEquals(
                new FailureCauseId("a\",\"b", "c", "t", "m", null, null).id(),
                new FailureCauseId("a", "b", "c", "t,m", null, null).id());
    }

    @Test
    void textsAreStorable() {
        FailureCauseId hostile = new FailureCauseId("s\0", "main", "T\ud800", "m".repeat(5_000), null, null);

        assertEquals("s\uFFFD", hostile.step());
        assertEquals("T?", hostile.type());
        assertEquals(2_000, hostile.message().length());
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
        assertEquals(masked, FailureCauseId.mask(message));
    }

    @Test
    void maskingALongMessageTakesNoTime() {
        String message = "'" + "\"'".repeat(500_000) + "9".repeat(500_000);

        assertTrue(FailureCauseId.mask(message).length() < message.length());
    }
}
