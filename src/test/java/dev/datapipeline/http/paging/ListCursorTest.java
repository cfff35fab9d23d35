package dev.datapipeline.http.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListCursorTest {
    @Test
    void cursorSurvivesItsTextForm() {
        ListCursor cursor = new ListCursor("NAME", "zwei\nZeilen und 😀", UUID.randomUUID());

        assertEquals(cursor, ListCursor.fromString(cursor.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "%", "AAAA", "____", "eyJhIjoxfQ", "' or 1=1 --"})
    void garbageIsRejected(String word) {
        assertThrows(IllegalArgumentException.class, () -> ListCursor.fromString(word));
    }

    @Test
    void keyThatADatabaseCannotHoldIsRejected() {
        String forged = "NAME\n" + UUID.randomUUID() + "\na\0b";
        String word = Base64.getUrlEncoder().encodeToString(forged.getBytes(StandardCharsets.UTF_8));

        assertThrows(IllegalArgumentException.class, () -> ListCursor.fromString(word));
    }
}
