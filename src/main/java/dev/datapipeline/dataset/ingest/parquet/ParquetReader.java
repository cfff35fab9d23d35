package dev.datapipeline.dataset.ingest.parquet;

import dev.datapipeline.dataset.ingest.format.DatasetFormat;
import dev.datapipeline.dataset.ingest.format.FieldSummary;
import dev.datapipeline.dataset.ingest.format.ReadAs;
import dev.datapipeline.dataset.ingest.format.UploadHints;
import dev.datapipeline.dataset.ingest.input.RecordReader;
import dev.datapipeline.json.JsonLineBuilder;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.hardwood.HardwoodContext;
import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a Parquet file: each is a record with a field for every column. */
public final class ParquetReader implements RecordReader, Closeable {
    /** Pages of each column that are decoded before they are needed; they are in memory. */
    public static final int PAGES_AHEAD = 2;

    /** The last one, which is no column of the upload. */
    private static final int ADDED_COLUMNS = 1;

    private final int maxRecordBytes;
    private final UploadHints hints;
    private final ParquetFileReader file;
    private final RowReader rows;
    private final JsonLineBuilder line = new JsonLineBuilder();
    private final ParquetJson json = new ParquetJson(line);
    private final List<Column> columns = new ArrayList<>();
    private long row;

    /** @param opening its name as a JSON string, with a colon */
    private record Column(byte[] opening, FieldSummary.Field field) {}

    /**
     * @param unpacked what {@link #unpack} wrote
     * @param context threads that decode pages
     */
    public ParquetReader(
            Path unpacked, HardwoodContext context, FieldSummary summary, int maxRecordBytes, UploadHints hints) {
        this.maxRecordBytes = maxRecordBytes;
        this.hints = hints;
        try {
            file = ParquetFileReader.open(InputFile.of(unpacked), context);
            rows = file.rowReader();
        } catch (ProblemException refused) {
            throw refused;
        } catch (IOException | RuntimeException damaged) {
            throw ParquetProblem.invalid("the description at its end is damaged");
        }
        nameColumns(summary);
    }

    /** Copies a file without compression and with all sizes checked. */
    public static void unpack(FileChannel source, OutputStream target) throws IOException {
        new ParquetUnpacker(source, target).copy();
    }

    private void nameColumns(FieldSummary summary) {
        for (int index = 0; index < rows.getFieldCount() - ADDED_COLUMNS; index++) {
            String name = rows.getFieldName(index);
            line.clear();
            line.appendString(name);
            byte[] quoted = line.toByteArray();
            line.append(':');
            columns.add(new Column(line.toByteArray(), summary.find(quoted, 1, quoted.length - 1, true)));
        }
    }

    @Override
    public @Nullable ByteBuffer next() {
        try {
            if (!rows.hasNext()) {
                return null;
            }
            rows.next();
            record();
        } catch (ProblemException refused) {
            throw refused;
        } catch (RuntimeException damaged) {
            throw ParquetProblem.invalid("its row %,d is damaged".formatted(row + 1));
        }
        row++;
        return line.view();
    }

    private void record() {
        line.clear();
        line.append('{');
        for (int index = 0; index < columns.size(); index++) {
            if (index > 0) {
                line.append(',');
            }
            Column column = columns.get(index);
            line.append(column.opening());
            column.field().count(json.append(rows.getValue(index)));
            checkLength();
        }
        line.append('}');
    }

    private void checkLength() {
        if (line.length() > maxRecordBytes) {
            throw new ProblemException(
                    ProblemType.RECORD_TOO_LARGE,
                    "A record has at most %d bytes, and row %,d is longer. Split it or shorten it."
                            .formatted(maxRecordBytes, row + 1));
        }
    }

    @Override
    public ReadAs readAs() {
        List<String> notes = new ArrayList<>(hints.disagreement(DatasetFormat.PARQUET, DatasetFormat.PARQUET.words()));
        if (json.notFinite() > 0) {
            notes.add("Numbers that JSON does not have, NaN and infinities, became null: %,d."
                    .formatted(json.notFinite()));
        }
        return ReadAs.plain(DatasetFormat.PARQUET, notes);
    }

    @Override
    public void close() throws IOException {
        try (file) {
            rows.close();
        }
    }
}
