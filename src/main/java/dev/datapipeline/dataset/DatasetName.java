package dev.datapipeline.dataset;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns the name that a client gives a dataset into a label that is safe to show: never a path, never invisible or reordered text. */
final class DatasetName {
    private static final int MAX_LENGTH = 255;
    private static final String UNNAMED = "dataset";

    /** Control and format characters, line separators and halves of surrogate pairs; not the joiners that scripts and emoji need. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}&&[^\u200C\u200D]]+");

    private DatasetName() {}

    /** A safe label made from the given name, often a file name. */
    static String label(@Nullable String given) {
        if (given == null) {
            return UNNAMED;
        }
        String visible = INVISIBLE.matcher(given).replaceAll(" ").strip();
        String label = truncate(visible).strip();
        return label.isEmpty() ? UNNAMED : label;
    }

    private static String truncate(String text) {
        if (text.length() <= MAX_LENGTH) {
            return text;
        }
        boolean splitsPair = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1));
        return text.substring(0, splitsPair ? MAX_LENGTH - 1 : MAX_LENGTH);
    }
}
