package dev.datapipeline.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnicodeEscapesTest {
    @Test
    void halvesOfSurrogatePairsAndNulBecomeEscapesInNamesAndValues() {
        assertBoth("\\ud83d", "\ud83d");
        assertBoth("a\\ude00b", "a\ude00b");
        assertBoth("\\ude00\\ud83d", "\ude00\ud83d");
        assertBoth("\\ud83d😀", "\ud83d\ud83d\ude00");
        assertBoth("\\u0000", "\0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "é😀", "C:\\users", "\\u0041", "\\", "\\\\", "ud83d", "\\ud83", "\\Ud83d"})
    void otherTextStaysUnchanged(String text) {
        assertBoth(text, text);
    }

    @Test
    void namesThatLookEscapedGetMoreBackslashes() {
        assertEquals("\\\\ud83d", UnicodeEscapes.escapeName("\\ud83d"));
        assertEquals("\\\\uD83D", UnicodeEscapes.escapeName("\\uD83D"));
        assertEquals("\\\\u0000", UnicodeEscapes.escapeName("\\u0000"));
        assertEquals("\\\\\\ud83d", UnicodeEscapes.escapeName("\\\ud83d"));
        assertEquals("\\ud83d", UnicodeEscapes.escapeValue("\\ud83d"));
    }

    @Test
    void twoNamesNeverBecomeOne() {
        Random random = new Random(16);
        String[] pieces = {
            "\\", "u", "d", "8", "3", "d83d", "ud83d", "\\ud83d", "\\u0000", "\ud83d", "\ude00", "\0", "0000", "x"
        };
        Map<String, String> names = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            StringBuilder name = new StringBuilder();
            for (int left = 1 + random.nextInt(5); left > 0; left--) {
                name.append(pieces[random.nextInt(pieces.length)]);
            }
            String earlier = names.put(UnicodeEscapes.escapeName(name.toString()), name.toString());
            assertEquals(earlier == null ? name.toString() : earlier, name.toString());
        }
    }

    private static void assertBoth(String escaped, String text) {
        assertEquals(escaped, UnicodeEscapes.escapeValue(text));
        assertEquals(escaped, UnicodeEscapes.escapeName(text));
    }
}
