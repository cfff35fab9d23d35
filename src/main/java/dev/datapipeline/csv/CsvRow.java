package dev.datapipeline.csv;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The cells of one row, reused for all rows; not thread-safe. */
public final class CsvRow {
    private final CellKind[] kinds;
    private final @Nullable String[] texts;

    public enum CellKind {
        /** The record has no such key. */
        MISSING,
        NULL,
        /** A number, true or false: never a formula, and never with a character that needs quotes. */
        LITERAL,
        TEXT,
        /** An object or a list, as JSON. */
        JSON
    }

    public CsvRow(int columns) {
        kinds = new CellKind[columns];
        texts = new @Nullable String[columns];
        clear();
    }

    /** @param text what MISSING and NULL do not have */
    public void set(int column, CellKind kind, String text) {
        kinds[column] = kind;
        texts[column] = text;
    }

    public void clear() {
        Arrays.fill(kinds, CellKind.MISSING);
        Arrays.fill(texts, null);
    }

    public int columns() {
        return kinds.length;
    }

    public CellKind kind(int column) {
        return kinds[column];
    }

    public String text(int column) {
        String text = texts[column];
        return text == null ? "" : text;
    }
}
