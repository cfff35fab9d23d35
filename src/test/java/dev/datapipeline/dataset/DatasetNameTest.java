package dev.datapipeline.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetNameTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "people.json, people.json",
                "`  my data `, my data",
                "../../etc/passwd, ../../etc/passwd",
                "`a\r\nb\u0000c`, a b c",
                "`invoice\u202Efdp.exe`, invoice fdp.exe",
                "`é😀\u200D💻`, `é😀\u200D💻`",
                "`a\uD800b`, a b",
                "`\u2028x\u2029`, x"
            })
    void nameIsMadeHarmless(String given, String label) {
        assertEquals(label, DatasetName.label(given));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  ", "\u0000", "\u202E"})
    void replacesInvisibleNames(String given) {
        assertEquals("dataset", DatasetName.label(given));
    }

    @Test
    void truncatesNamesBetweenCharacters() {
        assertEquals(255, DatasetName.label("x".repeat(5000)).length());
        assertEquals(254, DatasetName.label("x".repeat(254) + "😀").length());
    }
}
