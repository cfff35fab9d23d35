package dev.datapipeline.results.export.parquet;

import dev.datapipeline.csv.CsvRow;
import dev.datapipeline.csv.CsvRow.CellKind;
import dev.datapipeline.results.export.csv.TableSink;
import dev.datapipeline.thrift.ThriftValue;
import dev.datapipeline.thrift.ThriftValue.Items;
import dev.datapipeline.thrift.ThriftValue.Struct;
import dev.datapipeline.thrift.ThriftWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a table as a Parquet file. Each column has the narrowest type that holds all its values: truths, integers, numbers of 64 bits, texts;
 * objects and lists are texts of JSON. Not thread-safe.
 */
public final class ParquetTable implements TableSink {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int ROWS_OF_PAGE = 20_000;
    private static final int BYTES_OF_GROUP = 16 * 1024 * 1024;
    private static final int ROWS_BETWEEN_CHECKS = 100;

    private final OutputStream target;
    private final List<ColumnKind> kinds = new ArrayList<>();
    private final List<ColumnWriter> columns = new ArrayList<>();
    private final List<ThriftValue> groups = new ArrayList<>();
    private long written;
    private long rows;
    private long rowsOfGroup;

    public ParquetTable(OutputStream target) {
        this.target = target;
    }

    @Override
    public void check(int column, CellKind kind, String text) {
        while (kinds.size() <= column) {
            kinds.add(ColumnKind.EMPTY);
        }
        kinds.set(column, kinds.get(column).with(kind, text));
    }

    @Override
    public void writeHeader(List<String> names) throws IOException {
        write(MAGIC);
        for (int column = 0; column < names.size(); column++) {
            columns.add(
                    new ColumnWriter(names.get(column), column < kinds.size() ? kinds.get(column) : ColumnKind.EMPTY));
        }
    }

    @Override
    public void write(CsvRow row) throws IOException {
        for (int column = 0; column < columns.size(); column++) {
            CellKind kind = row.kind(column);
            boolean isNothing = kind == CellKind.MISSING || kind == CellKind.NULL;
            columns.get(column).add(isNothing ? null : row.text(column));
        }
        rows++;
        rowsOfGroup++;
        if (rowsOfGroup % ROWS_OF_PAGE == 0) {
            columns.forEach(ColumnWriter::endPage);
        }
        if (rowsOfGroup % ROWS_BETWEEN_CHECKS == 0 && size() > BYTES_OF_GROUP) {
            endGroup();
        }
    }

    private long size() {
        return columns.stream().mapToLong(ColumnWriter::size).sum();
    }

    private void endGroup() throws IOException {
        if (rowsOfGroup == 0) {
            return;
        }
        long begin = written;
        List<ThriftValue> chunks = new ArrayList<>();
        for (ColumnWriter column : columns) {
            column.endPage();
            byte[] pages = column.takePages();
            chunks.add(column.chunk(written, pages.length));
            write(pages);
        }
        Struct group = new Struct();
        group.put(1, new Items(ThriftValue.STRUCT, chunks));
        group.putLong(2, written - begin);
        group.putLong(3, rowsOfGroup);
        groups.add(group);
        rowsOfGroup = 0;
    }

    @Override
    public void end() throws IOException {
        endGroup();
        Struct root = new Struct();
        root.put(4, ColumnWriter.text("schema"));
        root.putInt(5, columns.size());
        List<ThriftValue> schema = new ArrayList<>(List.of(root));
        columns.forEach(column -> schema.add(column.schema()));
        Struct file = new Struct();
        file.putInt(1, 1);
        file.put(2, new Items(ThriftValue.STRUCT, schema));
        file.putLong(3, rows);
        file.put(4, new Items(ThriftValue.STRUCT, groups));
        file.put(6, ColumnWriter.text("Data Pipeline Framework"));
        byte[] footer = ThriftWriter.write(file);
        write(footer);
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            target.write(footer.length >>> shift);
        }
        write(MAGIC);
    }

    private void write(byte[] bytes) throws IOException {
        target.write(bytes, 0, bytes.length);
        written += bytes.length;
    }
}
