package dev.datapipeline.results.sort;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SortKeysTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "3 -1 0 2.5 -1e300 1e300 -0.5 12         | -1e300 -1 -0.5 0 2.5 3 12 1e300",
                "10 9 100 1                               | 1 9 10 100",
                "123456789012345678901234567890 1 -1e400  | -1e400 1 123456789012345678901234567890",
                "\"b\" \"A\" \"a\" \"B\" \"ab\" \"\"      | \"\" \"A\" \"a\" \"ab\" \"b\" \"B\"",
                "\"é\" \"z\" \"😀\" \"a\"                 | \"a\" \"z\" \"é\" \"😀\"",
                "{} null [] true \"x\" false 1           | 1 \"x\" false true [] {} null",
            })
    void valuesAreSortedByTypeAndValue(String values, String sorted) throws IOException {
        assertEquals(sorted, sorted(values.trim().split(" "), false));
    }

    @Test
    void nullAndMissingValuesAreLastInBothDirections() throws IOException {
        String[] values = {"null", "1", "missing", "3", "\"a\"", "null", "2"};

        assertEquals("1 2 3 \"a\" null null missing", sorted(values, false));
        assertEquals("\"a\" 3 2 1 null null missing", sorted(values, true));
    }

    @Test
    void equalKeysStayInTheOrderOfTheInput() throws IOException {
        SortKeys keys = new SortKeys();
        for (int i = 0; i < 10_000; i++) {
            keys.add(i, SortKey.of("x".repeat(SortKey.MOST_BYTES) + (10_000 - i)));
        }

        long[] inOrder = LongStream.range(0, 10_000).toArray();
        assertArrayEquals(inOrder, keys.sorted(false));
        assertArrayEquals(inOrder, keys.sorted(true));
    }

    @Test
    void manyKeysAreSortedAsTheirNumbers() {
        SortKeys keys = new SortKeys();
        int count = 100_000;
        for (int i = 0; i < count; i++) {
            // 7,919 and the count have no divisor in common, so that every number occurs once.
            keys.add(i, SortKey.of((long) i * 7_919 % count));
        }

        long[] sorted = keys.sorted(false);

        assertArrayEquals(
                LongStream.range(0, count).toArray(),
                Arrays.stream(sorted).map(index -> index * 7_919 % count).toArray());
    }

    private static String sorted(String[] values, boolean isDescending) throws IOException {
        SortKeys keys = new SortKeys();
        for (int i = 0; i < values.length; i++) {
            keys.add(i, key(values[i]));
        }
        return Arrays.stream(keys.sorted(isDescending))
                .mapToObj(index -> values[(int) index])
                .collect(Collectors.joining(" "));
    }

    private static byte[] key(String json) throws IOException {
        if (json.equals("missing")) {
            return SortKey.MISSING;
        }
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            parser.nextToken();
            return SortKey.of(parser);
        }
    }
}
