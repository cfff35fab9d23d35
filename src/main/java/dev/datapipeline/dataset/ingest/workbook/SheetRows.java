package dev.datapipeline.dataset.ingest.workbook;

import dev.datapipeline.csv.CsvWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a sheet that have something in them. Not thread-safe. */
final class SheetRows {
    private static final int MOST_ROWS = 1_048_576;
    private static final int LONGEST_ROW_NUMBER = 7;

    private final XmlCursor cursor;
    private final String part;
    private final CellReader cells;
    private final SheetCount count;
    private final List<SheetCell> row = new ArrayList<>();
    private int number;
    private boolean isAfterRows;

    SheetRows(XmlCursor cursor, String part, Workbook workbook, SheetCount count) {
        this.cursor = cursor;
        this.part = part;
        this.count = count;
        this.cells = new CellReader(cursor, part, workbook, count);
    }

    /** Moves to the next row with a value; false after the last one. */
    boolean next() {
        while (!isAfterRows && cursor.next()) {
            if (cursor.isStart("row") && read()) {
                return true;
            }
            isAfterRows = cursor.isEnd("sheetData");
        }
        countMergedCells();
        return false;
    }

    /** They stand after all rows. */
    private void countMergedCells() {
        while (cursor.next()) {
            if (cursor.isStart("mergeCell")) {
                count.mergedRange();
            }
        }
    }

    private boolean read() {
        number = rowNumber(cursor.attribute("r"));
        boolean isHidden = "1".equals(cursor.attribute("hidden")) || "true".equals(cursor.attribute("hidden"));
        row.clear();
        int column = -1;
        while (cursor.next() && !cursor.isEnd("row")) {
            if (cursor.isStart("c")) {
                column = columnAfter(column, cursor.attribute("r"));
                SheetCell cell = cells.read(column, CellAddress.of(column, number));
                if (cell != null) {
                    row.add(cell);
                }
            }
        }
        if (isHidden && !row.isEmpty()) {
            count.hiddenRow();
        }
        return !row.isEmpty();
    }

    private int rowNumber(@Nullable String attribute) {
        String written = attribute == null ? String.valueOf(number + 1) : attribute;
        boolean isNumber = written.length() <= LONGEST_ROW_NUMBER
                && !written.isEmpty()
                && written.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        int next = isNumber ? Integer.parseInt(written) : 0;
        if (next <= number || next > MOST_ROWS) {
            throw WorkbookProblem.invalidPart(
                    part,
                    "has a row after row %,d that stands twice, out of order, or too far below".formatted(number));
        }
        return next;
    }

    private int columnAfter(int column, @Nullable String address) {
        int next = address == null ? column + 1 : CellAddress.column(address);
        if (next <= column || next >= CsvWriter.MAX_COLUMNS) {
            throw WorkbookProblem.invalidPart(
                    part,
                    "has a cell in row %,d that stands twice, out of order, or too far to the right".formatted(number));
        }
        return next;
    }

    /** Cells with a value of the current row, by their columns. Valid until the next call. */
    List<SheetCell> cells() {
        return row;
    }

    /** Of the current row, from 1. */
    int number() {
        return number;
    }
}
