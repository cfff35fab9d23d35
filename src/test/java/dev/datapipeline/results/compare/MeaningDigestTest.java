package dev.datapipeline.results.compare;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datapipeline.memory.MemoryBudget;
import dev.datapipeline.memory.MemoryLease;
import dev.datapipeline.problem.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeaningDigestTest {
    private final MemoryBudget budget = new MemoryBudget(1L << 30, Duration.ZERO);
    private final Digest digest = new MeaningDigest(budget);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1,\"b\":[2,{}]} | {\"b\":[2,{}],\"a\":1}",
                "{\"a\":\"\\u00fc\"} | { \"a\" : \"ü\" }",
                "{\"a\":{\"x\":1,\"y\":2}} | {\"a\":{\"y\":2,\"x\":1}}",
            })
    void whatMeansTheSameIsAlike(String one, String other) throws IOException {
        assertArrayEquals(of(one), of(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1} | {\"a\":2}",
                "{\"a\":1} | {\"a\":\"1\"}",
                "{\"a\":1.0} | {\"a\":1}",
                "{\"a\":[1,2]} | {\"a\":[2,1]}",
                "{\"a\":[1,[2]]} | {\"a\":[[1],2]}",
                "{\"a\":1,\"b\":2} | {\"a\":2,\"b\":1}",
                "{\"a\":{}} | {\"a\":[]}",
                "{\"a\":null} | {}",
                "{\"a\":true} | {\"a\":false}",
                "{\"a\":\"\\ud83d\"} | {\"a\":\"\\ud83e\"}",
                "{\"ab\":\"c\"} | {\"a\":\"bc\"}",
            })
    void whatMeansSomethingElseIsNot(String one, String other) throws IOException {
        assertFalse(Arrays.equals(of(one), of(other)));
    }

    @Test
    @Timeout(20)
    void numbersAreComparedAsWritten() throws IOException {
        String digits = "7".repeat(12_000_000);

        assertFalse(Arrays.equals(of("{\"a\":" + digits + "}"), of("{\"a\":" + digits + "1}")));
        assertFalse(Arrays.equals(of("{\"a\":1e999999999}"), of("{\"a\":1e99999999}")));
    }

    @Test
    void comparesInvalidJsonAsBytes() throws IOException {
        assertArrayEquals(of("{}],"), of("{}],"));
        assertFalse(Arrays.equals(of("{\"a\":}"), of("{\"a\": }")));
        assertArrayEquals(of("[".repeat(100_000)), of("[".repeat(100_000)));
    }

    @Test
    void largeValuesAreTakenFromTheBudget() throws IOException {
        try (MemoryLease nearlyAll = budget.take((1L << 30) - 2048)) {
            of("{}");
            assertThrows(
                    ProblemException.class, () -> of("{\"a\":\"" + "x".repeat(100_000) + "\"}"), () -> "" + nearlyAll);
        }
        assertEquals(0, budget.taken());
    }

    private byte[] of(String json) throws IOException {
        byte[] bytes = json.getBytes(UTF_8);
        return digest.of(bytes.length, target -> target.write(bytes));
    }
}
