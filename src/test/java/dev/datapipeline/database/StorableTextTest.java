package dev.datapipeline.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class StorableTextTest {
    @Test
    void unstorableCharactersAreReplaced() {
        assertEquals("a\uFFFDb?c", StorableText.of("a\0b\ud800c"));
    }

    @Test
    void longTextIsCut() {
        assertEquals(2_000, String.valueOf(StorableText.of("é".repeat(5_000))).length());
    }

    @Test
    void nullStaysNull() {
        assertNull(StorableText.of(null));
        assertEquals("", StorableText.of(""));
    }
}
