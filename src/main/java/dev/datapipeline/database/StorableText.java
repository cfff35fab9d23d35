package dev.datapipeline.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/** Texts that scripts wrote, as PostgreSQL can keep them: no NUL, no lone surrogate, bounded. */
public final class StorableText {
    private static final int LONGEST = 2_000;

    private StorableText() {}

    public static @Nullable String of(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST);
        return new String(cut.replace('\0', '\uFFFD').getBytes(UTF_8), UTF_8);
    }
}
