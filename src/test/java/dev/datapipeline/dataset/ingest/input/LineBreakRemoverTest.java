package dev.datapipeline.dataset.ingest.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineBreakRemoverTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "`{\"a\":1}`                       | `{\"a\":1}`",
                "`{ \"a\" :\t1 }`                  | `{ \"a\" :\t1 }`",
                "`{\n  \"a\": 1,\r\n\t\"b\": 2\n}` | `{\"a\": 1,\"b\": 2}`",
                "`{\"a\"  \n  :1 ,\n\n2 }`         | `{\"a\":1 ,2 }`",
                "`{\"a\":\" \\n \\\" \",\r\"b\":\"\\\\\"}` | `{\"a\":\" \\n \\\" \",\"b\":\"\\\\\"}`",
                "`{\n}`                            | `{}`"
            })
    void runsOfSpaceWithALineBreakAreDropped(String value, String line) {
        byte[] bytes = ("x" + value + "y").getBytes(StandardCharsets.UTF_8);

        int end = LineBreakRemover.join(bytes, 1, bytes.length - 1);

        assertEquals(line, new String(bytes, 1, end - 1, StandardCharsets.UTF_8));
    }
}
