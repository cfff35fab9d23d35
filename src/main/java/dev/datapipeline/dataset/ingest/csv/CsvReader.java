package dev.datapipeline.dataset.ingest.csv;

import dev.datapipeline.dataset.ingest.format.DatasetFormat;
import dev.datapipeline.dataset.ingest.format.FieldSummary;
import dev.datapipeline.dataset.ingest.format.JsonType;
import dev.datapipeline.dataset.ingest.format.ReadAs;
import dev.datapipeline.dataset.ingest.format.Separator;
import dev.datapipeline.dataset.ingest.format.UploadHints;
import dev.datapipeline.dataset.ingest.input.RecordReader;
import dev.datapipeline.dataset.ingest.input.UploadBuffer;
import dev.datapipeline.json.JsonLineBuilder;
import dev.datapipeline.problem.Position;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table as RFC 4180 describes it, with any separator: a line of column names, then a record per line, every value a JSON string.
 * Lines end with LF or CRLF, or with CR where all do. Empty lines are passed over, but in a table of one column an empty line is an empty
 * value.
 */
public final class CsvReader implements RecordReader {
    private static final int QUOTES = 2;

    private final UploadBuffer buffer;
    private final UploadHints hints;
    private final TableLayout layout;
    private final JsonLineBuilder line = new JsonLineBuilder();
    private final CsvValues values;
    private final CsvHeader.Content header;
    private final List<CsvHeader.Column> columns;
    private long marks;
    private long repeatedHeaders;
    private long emptyRows;
    private long longRows;

    public CsvReader(
            UploadBuffer buffer, FieldSummary summary, int maxRecordBytes, TableLayout layout, UploadHints hints) {
        this.buffer = buffer;
        this.hints = hints;
        this.layout = layout;
        this.values = new CsvValues(buffer, line, maxRecordBytes, layout);
        if (layout.separatorLine() > 0) {
            buffer.advance(layout.separatorLine() - 1);
            buffer.advanceLine();
        }
        values.passEmptyLines();
        if (buffer.peek() == UploadBuffer.END) {
            throw UploadBuffer.empty();
        }
        this.header = new CsvHeader(buffer, line, values).read(summary);
        this.columns = header.columns();
    }

    @Override
    public @Nullable ByteBuffer next() {
        while (true) {
            if (columns.size() > 1) {
                values.passEmptyLines();
            }
            boolean isMarked = buffer.peek() == UploadBuffer.FIRST_OF_MARK && buffer.skipByteOrderMark();
            if (buffer.peek() == UploadBuffer.END) {
                return null;
            }
            buffer.beginRecord();
            row();
            if (isMarked && isHeaderAgain()) {
                buffer.dropRecord();
                continue;
            }
            buffer.endRecord();
            for (CsvHeader.Column column : columns) {
                column.field().count(JsonType.STRING);
            }
            return line.view();
        }
    }

    /** Recognises the header of a file that was appended with its byte order mark. */
    private boolean isHeaderAgain() {
        marks++;
        if (!line.view().equals(ByteBuffer.wrap(header.repeated()))) {
            return false;
        }
        repeatedHeaders++;
        return true;
    }

    private void row() {
        line.clear();
        boolean isEmpty = true;
        for (int index = 0; index < columns.size(); index++) {
            if (index > 0) {
                separator(index, isEmpty);
            }
            CsvHeader.Column column = columns.get(index);
            line.append(index == 0 ? '{' : ',');
            line.append(column.opening());
            int before = line.length();
            values.next();
            isEmpty &= line.length() == before + QUOTES;
        }
        if (values.isSeparator()) {
            surplus();
        }
        line.append('}');
        if (isEmpty && columns.size() > 1) {
            emptyRows++;
        }
        values.endLine();
    }

    /** Accepts more values than names as long as they are empty. */
    private void surplus() {
        int before = line.length();
        int surplus = 0;
        Position place = buffer.here();
        while (values.passSeparator()) {
            values.next();
            surplus++;
            if (line.length() != before + QUOTES) {
                throw new ProblemException(ProblemType.INVALID_CSV, surplusText(), place);
            }
            line.truncate(before);
        }
        if (surplus > header.unnamed()) {
            longRows++;
        }
    }

    private String surplusText() {
        return header.unnamed() > 0
                ? "This line has a value in a column for which the header has no name. Name the column, or empty it."
                : "This line has more values than the header has names, which are %d.%s"
                        .formatted(columns.size(), separatorHint());
    }

    private void separator(int before, boolean isEmpty) {
        if (values.passSeparator()) {
            return;
        }
        if (!values.isLineEnd()) {
            throw values.afterQuote();
        }
        if (isEmpty && before > 1) {
            throw values.invalid(
                    "This line holds nothing but %d separators, and the header names %d columns. Remove it."
                            .formatted(before - 1, columns.size()));
        }
        throw values.invalid("This line ends after %d of the %d values that the header names.%s"
                .formatted(before, columns.size(), separatorHint()));
    }

    private String separatorHint() {
        return " The columns are separated by %s; a value with that in it stands in double quotes. The parameter \"separator\" sets another one."
                .formatted(layout.separator().words());
    }

    @Override
    public ReadAs readAs() {
        List<String> notes = new ArrayList<>(hints.disagreement(DatasetFormat.CSV, "a table (CSV)"));
        if (!isExpected(layout.separator())) {
            notes.add("The columns are separated by %s%s."
                    .formatted(
                            layout.separator().words(),
                            layout.separatorLine() > 0 ? ", as the first line says" : ", as the content shows"));
        }
        if (layout.carriageReturns()) {
            notes.add("The lines end with carriage returns alone, as on old Macs.");
        }
        notes.addAll(header.notes());
        if (columns.size() == 1 && hints.separator() == null && header.holdsSeparator()) {
            notes.add(
                    "The table has one column, though its name looks like several: the parameter \"separator\" divides it.");
        }
        count(notes, emptyRows, "Lines that hold nothing but separators became records with empty values: %d.");
        count(notes, longRows, "Lines with more separators than the header, and nothing behind them, were taken: %d.");
        count(
                notes,
                marks,
                "Byte order marks at the beginning of a line were left out; it looks like several files put together: %d.");
        count(notes, repeatedHeaders, "Headers that came again behind a byte order mark were left out: %d.");
        return new ReadAs(DatasetFormat.CSV, layout.separator(), null, List.of(), null, notes);
    }

    /** The separator that the client named, or a comma. */
    private boolean isExpected(Separator found) {
        Separator said = hints.separator() == null ? hints.claimedSeparator() : hints.separator();
        return found.equals(said == null ? Separator.COMMA : said);
    }

    private static void count(List<String> notes, long count, String text) {
        if (count > 0) {
            notes.add(text.formatted(count));
        }
    }
}
