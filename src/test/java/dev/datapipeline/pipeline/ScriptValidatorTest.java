package dev.datapipeline.pipeline;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptValidatorTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "x = 1",
                "# coding: utf-8\nx = 1",
                "# -*- coding: UTF8 -*-\nx = 1",
                "#!/usr/bin/env python3\n# vim: set fileencoding=utf_8 :\nx = 1",
                "x = 1\n# coding: latin-1 is what this once was",
                "# one\n# two\n# coding: latin-1",
                "name = 'coding: latin-1'"
            })
    void acceptable(String source) {
        assertTrue(isAccepted(source));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \n\t",
                "x = 1\0",
                "x = '\uD800'",
                "# coding: latin-1\nx = 1",
                "#!/usr/bin/env python3\n# -*- coding: iso-8859-15 -*-\nx = 1",
                "\n# coding=cp1252\nx = 1"
            })
    void rejected(String source) {
        assertFalse(isAccepted(source));
    }

    @Test
    void bytesAreCountedNotCharacters() {
        assertTrue(isAccepted("x".repeat(256 * 1024)));
        assertFalse(isAccepted("x".repeat(256 * 1024 + 1)));
        assertFalse(isAccepted("\u20AC".repeat(100 * 1024)));
    }

    @Test
    void missingSourceIsRejected() {
        assertFalse(isAccepted(null));
    }

    private static boolean isAccepted(@Nullable String source) {
        Violations violations = new Violations();
        ScriptValidator.check(source, "/source", violations);
        return violations.isEmpty();
    }
}
