package dev.datapipeline.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DuplicateKeyDetectorTest {
    private final DuplicateKeyDetector names = new DuplicateKeyDetector();
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    private boolean add(String name, boolean escaped, int mark) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        int start = text.size();
        text.writeBytes(bytes);
        byte[] window = Arrays.copyOf(text.toByteArray(), text.size() + 8);
        return names.add(window, 0, start, text.size(), escaped, mark);
    }

    @Test
    void nameStandsOncePerObject() {
        int outer = names.size();
        assertTrue(add("a", false, outer));
        int inner = names.size();

        assertTrue(add("a", false, inner));
        assertTrue(add("b", false, inner));
        assertFalse(add("a", false, inner));
        names.close(inner);
        assertTrue(add("b", false, outer));
        assertFalse(add("a", false, outer));
    }

    @Test
    void namesAreComparedByTheTextTheyStandFor() {
        assertTrue(add("a\\u00e9", true, 0));

        assertFalse(add("aé", false, 0));
        assertFalse(add("\\u0061\\u00E9", true, 0));
        assertTrue(add("a\\u00ea", true, 0));
    }

    @Test
    void halvesOfSurrogatePairsDiffer() {
        assertTrue(add("\\ud800", true, 0));
        assertTrue(add("\\ud801", true, 0));
        assertTrue(add("?", false, 0));
        assertFalse(add("\\uD800", true, 0));
    }

    @Test
    void agreesWithSetsOverAnyNesting() {
        Random random = new Random(7);
        Deque<Set<String>> sets = new ArrayDeque<>();
        Deque<Integer> marks = new ArrayDeque<>();
        sets.push(new HashSet<>());
        marks.push(names.size());
        for (int step = 0; step < 3_000; step++) {
            int action = random.nextInt(10);
            if (action == 0) {
                sets.push(new HashSet<>());
                marks.push(names.size());
            } else if (action == 1 && sets.size() > 1) {
                sets.pop();
                names.close(marks.pop());
            } else {
                String name = Integer.toString(random.nextInt(200), 3);
                assertEquals(sets.element().add(name), add(name, false, marks.element()), name);
            }
        }
    }
}
