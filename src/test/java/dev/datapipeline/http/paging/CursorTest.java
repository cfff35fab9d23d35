package dev.datapipeline.http.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
    @Test
    void cursorSurvivesItsTextForm() {
        Cursor cursor = new Cursor(Instant.parse("2026-11-23T10:15:30.123456Z"), UUID.randomUUID());

        assertEquals(cursor, Cursor.fromString(cursor.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "%", "AAAA", "____________________________________", "eyJhIjoxfQ", "' or 1=1 --"})
    void garbageIsRejected(String word) {
        assertThrows(IllegalArgumentException.class, () -> Cursor.fromString(word));
    }

    @Test
    void pageHasACursorOnlyWhenThereIsMore() {
        assertEquals(new Page<>(List.of("a", "b"), "b"), Page.of(List.of("a", "b", "c"), 2, item -> item));
        assertEquals(new Page<>(List.of("a", "b"), null), Page.of(List.of("a", "b"), 2, item -> item));
    }
}
