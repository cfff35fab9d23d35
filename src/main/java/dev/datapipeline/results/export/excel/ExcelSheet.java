package dev.datapipeline.results.export.excel;

import dev.datapipeline.csv.CsvRow;
import dev.datapipeline.csv.CsvRow.CellKind;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.results.export.csv.TableSink;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * Writes a table as a workbook of one sheet. Texts are texts, whatever they look like, and never formulas. Numbers are numbers where a
 * workbook holds all their digits, and texts otherwise. Not thread-safe.
 */
public final class ExcelSheet implements TableSink {
    /** What spreadsheets take. */
    private static final int MOST_ROWS = 1_048_576;

    private static final int LONGEST_TEXT = 32_767;
    private static final int LONGEST_NUMBER = 25;
    private static final int ROWS_IN_MEMORY = 500;

    private final Workbook workbook;
    private final Worksheet sheet;
    private int row;

    public ExcelSheet(OutputStream target) {
        workbook = new Workbook(target, "Data Pipeline", "1.0");
        sheet = workbook.newWorksheet("Results");
    }

    @Override
    public void check(int column, CellKind kind, String text) {
        if (text.length() > LONGEST_TEXT) {
            throw tooMuch("a text of %,d characters in column %,d, and a cell has at most %,d"
                    .formatted(text.length(), column + 1, LONGEST_TEXT));
        }
    }

    @Override
    public void checkRows(long rows) {
        if (rows >= MOST_ROWS) {
            throw tooMuch("%,d rows, and a sheet has at most %,d".formatted(rows, MOST_ROWS));
        }
    }

    private static ProblemException tooMuch(String what) {
        return new ProblemException(
                ProblemType.OUT_OF_RANGE, "These results have " + what + "; take them as csv, json or ndjson.");
    }

    @Override
    public void writeHeader(List<String> names) throws IOException {
        for (int column = 0; column < names.size(); column++) {
            check(column, CellKind.TEXT, names.get(column));
            sheet.inlineString(0, column, ExcelText.escape(names.get(column)));
            sheet.style(0, column).bold().set();
        }
        sheet.freezePane(0, 1);
        row = 1;
    }

    @Override
    public void write(CsvRow cells) throws IOException {
        for (int column = 0; column < cells.columns(); column++) {
            String text = cells.text(column);
            switch (cells.kind(column)) {
                case MISSING, NULL -> {
                    // An empty cell.
                }
                case LITERAL -> literal(column, text);
                case TEXT, JSON -> sheet.inlineString(row, column, ExcelText.escape(text));
            }
        }
        row++;
        if (row % ROWS_IN_MEMORY == 0) {
            sheet.flush();
        }
    }

    private void literal(int column, String text) {
        if (text.equals("true") || text.equals("false")) {
            sheet.value(row, column, text.equals("true"));
        } else if (isExact(text)) {
            sheet.value(row, column, new BigDecimal(text));
        } else {
            sheet.inlineString(row, column, text);
        }
    }

    /** Whether the number is one of those that a workbook has, which are of 64 bits. */
    static boolean isExact(String number) {
        if (number.length() > LONGEST_NUMBER) {
            return false;
        }
        double nearest = Double.parseDouble(number);
        return Double.isFinite(nearest)
                && new BigDecimal(Double.toString(nearest)).compareTo(new BigDecimal(number)) == 0;
    }

    @Override
    public void end() throws IOException {
        workbook.finish();
    }
}
