package dev.datapipeline.results.export.parquet;

import dev.datapipeline.csv.CsvRow.CellKind;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** The type of a column, the narrowest that holds all of its values with all their digits. */
enum ColumnKind {
    /** No value so far. */
    EMPTY(6),
    TRUTH(0),
    INTEGER(2),
    /** Some have more than 53 bits, which a number with a fraction cannot have. */
    LARGE_INTEGER(2),
    /** Of 64 bits. */
    NUMBER(5),
    /** UTF-8. */
    TEXT(6);

    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");
    private static final int LONGEST_NUMBER = 25;
    private static final long LARGEST_EXACT = 1L << 53;

    private final int physicalType;

    ColumnKind(int physicalType) {
        this.physicalType = physicalType;
    }

    /** Its number in the format. */
    int physicalType() {
        return physicalType;
    }

    boolean isText() {
        return this == EMPTY || this == TEXT;
    }

    /** The kind that also holds this cell. */
    ColumnKind with(CellKind cell, String text) {
        ColumnKind other = of(cell, text);
        if (this == other || other == EMPTY) {
            return this;
        }
        if (this == EMPTY) {
            return other;
        }
        if (are(other, INTEGER, NUMBER)) {
            return NUMBER;
        }
        return are(other, INTEGER, LARGE_INTEGER) ? LARGE_INTEGER : TEXT;
    }

    /** Whether this kind and the other one are these two, which differ. */
    private boolean are(ColumnKind other, ColumnKind one, ColumnKind two) {
        return (this == one && other == two) || (this == two && other == one);
    }

    private static ColumnKind of(CellKind cell, String text) {
        return switch (cell) {
            case MISSING, NULL -> EMPTY;
            case TEXT, JSON -> TEXT;
            case LITERAL -> ofLiteral(text);
        };
    }

    private static ColumnKind ofLiteral(String text) {
        if (text.equals("true") || text.equals("false")) {
            return TRUTH;
        }
        if (WHOLE.matcher(text).matches() && !text.equals("-0")) {
            return Math.abs(Long.parseLong(text)) <= LARGEST_EXACT ? INTEGER : LARGE_INTEGER;
        }
        return isExact(text) ? NUMBER : TEXT;
    }

    private static boolean isExact(String number) {
        if (number.length() > LONGEST_NUMBER) {
            return false;
        }
        double nearest = Double.parseDouble(number);
        return Double.isFinite(nearest)
                && new BigDecimal(Double.toString(nearest)).compareTo(new BigDecimal(number)) == 0;
    }
}
