package dev.datapipeline.dataset.ingest.csv;

import dev.datapipeline.dataset.ingest.format.Separator;

/** The beginning of a table, read with one separator to see how well it fits. */
final class TableSample {
    private static final String CANDIDATES = ",;|\t";

    private final byte[] bytes;
    private final boolean isWhole;
    private final char separator;
    private int at;
    private int columns;
    private boolean isNamed;
    private int rows;
    private int soundRows;
    private int dividedRows;
    private int cells;
    private int foreignCells;
    private int lineFeeds;
    private int carriageReturns;

    // Of the current line.
    private int values;
    private int filled;
    private int lastFilled;
    private boolean isBroken;

    private TableSample(byte[] bytes, int from, boolean isWhole, char separator) {
        this.bytes = bytes;
        this.at = from;
        this.isWhole = isWhole;
        this.separator = separator;
    }

    /** @param isWhole whether nothing follows the bytes */
    static TableSample of(byte[] bytes, int from, boolean isWhole, Separator separator) {
        TableSample sample = new TableSample(bytes, from, isWhole, separator.character());
        while (sample.line()) {
            sample.endLine();
        }
        return sample;
    }

    int columns() {
        return columns;
    }

    /** Whether the values of the first line have something in them; one of several may be empty, as that of row numbers often is. */
    boolean isNamed() {
        return isNamed;
    }

    /** Lines after the first one that are not empty. */
    int rows() {
        return Math.max(rows - 1, 0);
    }

    /** Of these, the ones with as many values as the first line has. */
    int soundRows() {
        return Math.max(soundRows - 1, 0);
    }

    /** Of these, the ones with more than one value. */
    int dividedRows() {
        return Math.max(dividedRows - 1, 0);
    }

    /** Whether the first line can be read. */
    boolean hasSoundHeader() {
        return soundRows > 0;
    }

    /** The share of values with a sign in them that is likelier to be the separator. */
    double foreignShare() {
        return cells == 0 ? 0 : (double) foreignCells / cells;
    }

    /** Whether lines end with a carriage return alone, as on old Macs. */
    boolean endsLinesWithCarriageReturn() {
        return carriageReturns > 0 && lineFeeds == 0;
    }

    /** Moves past the values of one line; false when the line is not complete. */
    private boolean line() {
        values = 0;
        filled = 0;
        lastFilled = 0;
        isBroken = false;
        if (at >= bytes.length) {
            return false;
        }
        while (true) {
            int start = at;
            value();
            values++;
            if (at > start) {
                lastFilled = values;
                filled++;
                note(start);
            }
            if (at >= bytes.length) {
                return isWhole;
            }
            if (bytes[at] != separator) {
                return true;
            }
            at++;
        }
    }

    private void value() {
        if (at < bytes.length && bytes[at] == '"') {
            quoted();
        }
        while (at < bytes.length && bytes[at] != separator && !isLineEnd(bytes[at])) {
            isBroken |= bytes[at] == '"' && separator != '\t';
            at++;
        }
    }

    private void quoted() {
        at++;
        while (at < bytes.length) {
            if (bytes[at] != '"') {
                at++;
            } else if (at + 1 < bytes.length && bytes[at + 1] == '"') {
                at += 2;
            } else {
                at++;
                isBroken |= at < bytes.length && bytes[at] != separator && !isLineEnd(bytes[at]);
                return;
            }
        }
        isBroken = true;
    }

    private void endLine() {
        if (at < bytes.length) {
            boolean isPair = bytes[at] == '\r' && at + 1 < bytes.length && bytes[at + 1] == '\n';
            if (bytes[at] == '\n' || isPair) {
                lineFeeds++;
            } else if (isWhole || at + 1 < bytes.length) {
                carriageReturns++;
            }
            at += isPair ? 2 : 1;
        }
        if (values == 1 && lastFilled == 0) {
            return;
        }
        if (rows == 0) {
            columns = values;
            isNamed = filled == values || (filled == values - 1 && filled > 1);
        }
        rows++;
        dividedRows += values > 1 ? 1 : 0;
        boolean isSound = !isBroken && (values == columns || (values > columns && lastFilled <= columns));
        soundRows += isSound ? 1 : 0;
    }

    /** Counts values with a character that could be another separator: no comma in 1,5 and none before a space. */
    private void note(int start) {
        cells++;
        if (bytes[start] == '"') {
            return;
        }
        for (int index = start; index < at; index++) {
            if (bytes[index] != separator && CANDIDATES.indexOf(bytes[index]) >= 0 && !isOfNumberOrText(start, index)) {
                foreignCells++;
                return;
            }
        }
    }

    private boolean isOfNumberOrText(int start, int index) {
        boolean isBeforeSpace = index + 1 < at && bytes[index + 1] == ' ';
        return isBeforeSpace || (bytes[index] == ',' && isNumber(start, at));
    }

    private boolean isNumber(int from, int to) {
        for (int index = from; index < to; index++) {
            if ("0123456789.,-+ %".indexOf(bytes[index]) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLineEnd(byte value) {
        return value == '\n' || value == '\r';
    }
}
