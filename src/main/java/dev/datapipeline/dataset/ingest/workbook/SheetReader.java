package dev.datapipeline.dataset.ingest.workbook;

import dev.datapipeline.dataset.ingest.format.DatasetFormat;
import dev.datapipeline.dataset.ingest.format.FieldSummary;
import dev.datapipeline.dataset.ingest.format.JsonType;
import dev.datapipeline.dataset.ingest.format.ReadAs;
import dev.datapipeline.dataset.ingest.format.SheetChoice;
import dev.datapipeline.dataset.ingest.format.UploadHints;
import dev.datapipeline.dataset.ingest.format.VisibleText;
import dev.datapipeline.dataset.ingest.input.RecordReader;
import dev.datapipeline.json.JsonLineBuilder;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a sheet as a table: the first row with a value names the columns, every later one is a record. Texts are strings, numbers and
 * truths what they are in JSON, days and times texts as in ISO 8601; cells without a value are null, rows without any are passed over.
 */
public final class SheetReader implements RecordReader, Closeable {
    private final Workbook workbook;
    private final UploadHints hints;
    private final int maxRecordBytes;
    private final XmlCursor cursor;
    private final SheetCount count = new SheetCount();
    private final SheetRows rows;
    private final @Nullable SheetHeader header;
    private final JsonLineBuilder line = new JsonLineBuilder();

    public SheetReader(Workbook workbook, FieldSummary summary, int maxRecordBytes, UploadHints hints) {
        this.workbook = workbook;
        this.hints = hints;
        this.maxRecordBytes = maxRecordBytes;
        this.cursor = workbook.openSheet();
        this.rows = new SheetRows(cursor, workbook.sheetPart(), workbook, count);
        this.header = rows.next() ? new SheetHeader(rows, workbook.texts(), summary) : null;
    }

    @Override
    public @Nullable ByteBuffer next() {
        if (header == null || !rows.next()) {
            return null;
        }
        line.clear();
        int at = 0;
        List<SheetCell> cells = rows.cells();
        for (SheetHeader.Column column : header.columns()) {
            line.append(line.length() == 0 ? '{' : ',');
            line.append(column.opening());
            boolean isFilled = at < cells.size() && cells.get(at).column() == column.column();
            if (isFilled) {
                cells.get(at).appendTo(line, workbook.texts());
            } else {
                rejectUnnamed(header, cells, at, column.column());
                line.appendAscii("null");
            }
            column.field().count(isFilled ? type(cells.get(at)) : JsonType.NULL);
            at += isFilled ? 1 : 0;
            checkLength();
        }
        rejectUnnamed(header, cells, at, Integer.MAX_VALUE);
        line.append('}');
        return line.view();
    }

    /** A value that no column takes stands where the header has no name, or a title stands above the header. */
    private void rejectUnnamed(SheetHeader names, List<SheetCell> cells, int at, int nextNamed) {
        if (at < cells.size() && cells.get(at).column() < nextNamed) {
            int column = cells.get(at).column();
            throw new ProblemException(
                    ProblemType.INVALID_WORKBOOK,
                    "The cell %s of the sheet \"%s\" has a value, but its column has no name in row %,d, the first with a value. Name the column, or delete what stands above the row of names."
                            .formatted(
                                    CellAddress.of(column, rows.number()),
                                    VisibleText.of(workbook.sheetName()),
                                    names.row()));
        }
    }

    private void checkLength() {
        if (line.length() > maxRecordBytes) {
            throw new ProblemException(
                    ProblemType.RECORD_TOO_LARGE,
                    "A record has at most %d bytes, and row %,d of the sheet is longer. Shorten it."
                            .formatted(maxRecordBytes, rows.number()));
        }
    }

    private static JsonType type(SheetCell cell) {
        return switch (cell.kind()) {
            case TEXT, SHARED -> JsonType.STRING;
            case INTEGER -> JsonType.INTEGER;
            case NUMBER -> JsonType.NUMBER;
            case BOOLEAN -> JsonType.BOOLEAN;
        };
    }

    @Override
    public ReadAs readAs() {
        List<String> notes = new ArrayList<>(hints.disagreement(DatasetFormat.EXCEL, DatasetFormat.EXCEL.words()));
        List<String> others = new ArrayList<>(workbook.sheetNames());
        others.remove(workbook.sheetName());
        if (!others.isEmpty() && hints.parts().sheet() == null) {
            notes.add("The sheet \"%s\" was read; the workbook also has %s."
                    .formatted(VisibleText.of(workbook.sheetName()), VisibleText.list(others)));
        }
        notes.addAll(count.notes());
        return ReadAs.sheet(new SheetChoice(workbook.sheetName(), workbook.sheetNames()), notes);
    }

    @Override
    public void close() throws IOException {
        cursor.close();
    }
}
