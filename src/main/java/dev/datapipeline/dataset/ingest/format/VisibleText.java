package dev.datapipeline.dataset.ingest.format;

import java.util.List;
import java.util.stream.Collectors;

/** Text of a client in a message: without characters that cannot be seen, and shortened. */
public final class VisibleText {
    private static final int LONGEST = 60;
    private static final int MOST = 12;

    private VisibleText() {}

    /** The end of it, where names of files differ. */
    public static String of(String text) {
        String visible = text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "");
        return visible.codePointCount(0, visible.length()) <= LONGEST
                ? visible
                : "…" + visible.substring(visible.offsetByCodePoints(visible.length(), -LONGEST));
    }

    /** The first of several names, in quotes. */
    public static String list(List<String> names) {
        String shown =
                names.stream().limit(MOST).map(name -> "\"" + of(name) + "\"").collect(Collectors.joining(", "));
        return names.size() <= MOST ? shown : shown + " and %,d more".formatted(names.size() - MOST);
    }
}
