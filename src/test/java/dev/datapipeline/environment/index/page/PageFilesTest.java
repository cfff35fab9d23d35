package dev.datapipeline.environment.index.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageFilesTest {
    @ParameterizedTest
    @ValueSource(strings = {"\0", "\n", "\u001b", "\u007f", "\u009b", "\u200b", "\u202e", "\u2028", "\r\n"})
    void invisibleCharactersOfAnIndexBecomeBlanks(String invisible) {
        assertEquals("broken build", PageFiles.bounded("broken" + invisible + "build"));
    }

    @Test
    void textsOfAnIndexAreBounded() {
        assertEquals("a".repeat(1000), PageFiles.bounded("a".repeat(5000)));
        assertEquals("größer als 1.0 €", PageFiles.bounded("größer als 1.0 €"));
        assertEquals("", PageFiles.bounded(""));
        assertNull(PageFiles.bounded(null));
    }
}
