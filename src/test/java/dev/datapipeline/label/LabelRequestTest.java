package dev.datapipeline.label;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datapipeline.problem.FieldError;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelRequestTest {
    @Test
    void textsLoseTheBlanksAroundThemAndTagsStandOnce() {
        LabelChanges changes = new LabelRequest(" a name ", " line\n\tline ", List.of("b", " a", "b "), true).checked();

        assertEquals(new LabelChanges("a name", "line\n\tline", List.of("b", "a"), true), changes);
    }

    @Test
    void whatIsAbsentStaysAsItIs() {
        LabelChanges changes = new LabelRequest(null, null, null, null).checked();

        assertNull(changes.name());
        assertNull(changes.note());
        assertNull(changes.tags());
        assertNull(changes.starred());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "a\0b", "\ud83d", "\u0085"})
    void nameThatCannotBeShownIsRejected(String name) {
        assertEquals(List.of("/name"), pointers(new LabelRequest(name, null, null, null)));
    }

    @Test
    void textsHaveALimitInCharactersAndNotInUnitsOfMemory() {
        new LabelRequest(
                        "\ud83d\ude00".repeat(200),
                        "\ud83d\ude00".repeat(10_000),
                        List.of("\ud83d\ude00".repeat(50)),
                        null)
                .checked();

        assertEquals(
                List.of("/name", "/note", "/tags/0"),
                pointers(new LabelRequest("x".repeat(201), "x".repeat(10_001), List.of("x".repeat(51)), null)));
    }

    @Test
    void noteWithControlCharactersIsRejected() {
        assertEquals(List.of("/note"), pointers(new LabelRequest(null, "a\0b", null, null)));
    }

    @Test
    void tagsAreFewShortAndWithoutCommas() {
        List<@Nullable String> tags = new ArrayList<>(List.of("fine", "a,b", " ", "a\tb"));
        tags.add(null);

        assertEquals(
                List.of("/tags/1", "/tags/2", "/tags/3", "/tags/4"),
                pointers(new LabelRequest(null, null, tags, null)));
        assertEquals(List.of("/tags"), pointers(new LabelRequest(null, null, Collections.nCopies(21, "a"), null)));
    }

    private static List<String> pointers(LabelRequest request) {
        ProblemException refused = assertThrows(ProblemException.class, request::checked);
        assertEquals(ProblemType.INVALID_LABEL, refused.type());
        return refused.errors().stream().map(FieldError::pointer).toList();
    }
}
