package dev.datapipeline.results.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTextMatcherTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "sydney          | {\"city\": \"SYDNEY\"}                | true",
                "Canberra        | {\"city\": \"Sydney\"}                | false",
                "say \"hi\"      | {\"t\":\"say \\\"hi\\\" now\"}        | true",
                "É               | {\"t\":\"caf\\u00e9\"}                | true",
                "CAFÉ            | {\"t\":\"café\"}                      | true",
                "a/b\\c          | {\"t\":\"a\\/b\\\\c\"}                | true",
                "😀!             | {\"t\":\"\\ud83d\\ude00!\"}           | true",
                "😀!             | {\"t\":\"😀!\"}                       | true",
                "😁!             | {\"t\":\"😀!\"}                       | false",
                "日本語          | {\"日本語\":1}                        | true",
                "100%            | {\"t\":\"100 percent\"}               | false",
                "100%            | {\"t\":\"100%\"}                      | true",
                "a_b             | {\"t\":\"axb\"}                       | false",
                "a.b             | {\"t\":\"axb\"}                       | false",
                ".*              | {\"t\":\"anything\"}                  | false",
                "aab             | {\"t\":\"aaaab\"}                     | true",
                "ababac          | {\"t\":\"ababababac\"}                | true",
                "n               | {\"t\":\"\\n\"}                       | false",
                "`a\nb`          | {\"t\":\"a\\nb\"}                     | true"
            })
    void textIsTakenAsItIsAndJsonAsItIsMeant(String text, String json, boolean isFound) {
        assertEquals(isFound, stands(text, json.getBytes(UTF_8)));
    }

    @Test
    void valuesAreSearchedSeparately() {
        JsonTextMatcher match = new JsonTextMatcher("ab");
        match.begin();

        match.write("xa".getBytes(UTF_8), 0, 2);
        match.separate();
        match.write("bx".getBytes(UTF_8), 0, 2);
        match.write("\"\\u00".getBytes(UTF_8), 0, 5);
        assertFalse(match.isFound());
        match.text("AB");
        assertTrue(match.isFound());

        match.begin();
        assertFalse(match.isFound());
    }

    @Test
    void valueMayArriveInPieces() {
        byte[] json = "{\"x\":\"\\u00fcb€\"}".getBytes(UTF_8);
        for (int split = 0; split <= json.length; split++) {
            JsonTextMatcher match = new JsonTextMatcher("üb€");
            match.begin();

            match.write(json, 0, split);
            match.write(json, split, json.length - split);

            assertTrue(match.isFound());
        }
    }

    @Test
    void invalidUtf8IsIgnored() {
        byte[] noise = new byte[100_000];
        new Random(7).nextBytes(noise);

        assertFalse(stands("not in there at all", noise));
    }

    @Test
    void nearMatchesTakeLinearTime() {
        String almost = "a".repeat(199);

        assertFalse(stands(almost + "b", "a".repeat(20_000_000).getBytes(UTF_8)));
    }

    private static boolean stands(String text, byte[] json) {
        JsonTextMatcher match = new JsonTextMatcher(text);
        match.begin();
        match.write(json, 0, json.length);
        return match.isFound();
    }
}
