package dev.datapipeline.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RawRecordTest {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1.10}                          | {\"a\":1.10}",
                "{ \"a\" : 1E+5 , \"b\":-0.0 }         | {\"a\":1E+5,\"b\":-0.0}",
                "{\"a\":1234567890123456789012345678901234567890} | {\"a\":1234567890123456789012345678901234567890}",
                "{\"a\":1e400}                         | {\"a\":1e400}",
                "{\"a\":\"\\ud800\"}                   | {\"a\":\"\\uD800\"}",
                "{\"a\":\"é\\u0000\\n\"}               | {\"a\":\"\\u00E9\\u0000\\n\"}",
                "{\"a\":[[],{},[1,[2]],null,true]}     | {\"a\":[[],{},[1,[2]],null,true]}",
                "{}                                    | {}"
            })
    void valueIsKeptToTheLastDigitInOneLine(String given, String kept) throws JsonProcessingException {
        assertEquals(kept, JSON.readValue(given, RawRecord.class).json());
    }

    @Test
    void everyElementOfAListIsOneRecord() throws JsonProcessingException {
        List<@Nullable RawRecord> records =
                JSON.readValue("[{\"a\":{\"b\":1.0}}, 2.50, null, \"x\", [3]]", new TypeReference<>() {});

        assertEquals(new RawRecord("{\"a\":{\"b\":1.0}}"), records.get(0));
        assertEquals(new RawRecord("2.50"), records.get(1));
        assertNull(records.get(2));
        assertEquals(new RawRecord("\"x\""), records.get(3));
        assertEquals(new RawRecord("[3]"), records.get(4));
    }

    @Test
    void onlyAnObjectIsARecord() {
        assertTrue(new RawRecord("{}").isObject());
        assertFalse(new RawRecord("[]").isObject());
        assertFalse(new RawRecord("1").isObject());
    }
}
