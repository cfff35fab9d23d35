package dev.datapipeline.dataset.ingest.parquet;

import dev.datapipeline.thrift.ThriftValue;
import dev.datapipeline.thrift.ThriftValue.Items;
import dev.datapipeline.thrift.ThriftValue.Struct;
import dev.datapipeline.thrift.ThriftValue.Text;
import dev.datapipeline.thrift.ThriftValue.Whole;
import dev.datapipeline.thrift.ThriftWriter;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A column without values that is added to a file as its last one. Hardwood puts as many rows together as fit into 6 MB by the widths of the
 * columns, and takes texts for 16 bytes. This column is so wide that it takes the fewest rows, whatever the texts are.
 */
final class FillerColumn {
    /** The fewest that Hardwood takes. */
    static final int ROWS_OF_BATCH = 16_384;

    private static final int WIDTH = 6 * 1024 * 1024 / ROWS_OF_BATCH;
    private static final int MOST_VALUES_OF_PAGE = 1024 * 1024;
    private static final int FIXED_BYTES = 7;
    private static final int OPTIONAL = 1;
    private static final int RUNS = 3;
    private static final int CHILDREN = 5;

    private final Text name;

    /** Adds the column to the schema. */
    FillerColumn(Struct file) {
        List<ThriftValue> schema = new ArrayList<>(file.structs(ParquetLayout.SCHEMA));
        name = new Text(unusedName(file).getBytes(StandardCharsets.UTF_8));
        Struct column = new Struct();
        column.putInt(1, FIXED_BYTES);
        column.putInt(2, WIDTH);
        column.putInt(3, OPTIONAL);
        column.put(4, name);
        schema.add(column);
        Struct root = (Struct) schema.getFirst();
        root.putInt(CHILDREN, (int) root.whole(CHILDREN, 0) + 1);
        file.put(ParquetLayout.SCHEMA, new Items(ThriftValue.STRUCT, schema));
    }

    private static String unusedName(Struct file) {
        Set<String> names = file.structs(ParquetLayout.SCHEMA).stream()
                .map(ParquetLayout::name)
                .collect(Collectors.toSet());
        String unused = "filler";
        while (names.contains(unused)) {
            unused += "_";
        }
        return unused;
    }

    /** Adds the column to a row group and returns its pages, which stand at the offset. */
    byte[] add(Struct group, long offset) {
        long rows = group.whole(ParquetLayout.GROUP_ROWS, 0);
        ByteArrayOutputStream pages = new ByteArrayOutputStream();
        for (long left = rows; left > 0; left -= MOST_VALUES_OF_PAGE) {
            page((int) Math.min(left, MOST_VALUES_OF_PAGE), pages);
        }
        List<ThriftValue> chunks = new ArrayList<>(group.structs(ParquetLayout.CHUNKS));
        chunks.add(chunk(rows, offset, pages.size()));
        group.put(ParquetLayout.CHUNKS, new Items(ThriftValue.STRUCT, chunks));
        return pages.toByteArray();
    }

    /** Levels alone: one run that says that there is no value. */
    private static void page(int rows, ByteArrayOutputStream pages) {
        ByteArrayOutputStream run = new ByteArrayOutputStream();
        int header = rows << 1;
        while ((header & ~0x7F) != 0) {
            run.write(header & 0x7F | 0x80);
            header >>>= 7;
        }
        run.write(header);
        run.write(0);
        int bytes = Integer.BYTES + run.size();
        Struct content = new Struct();
        content.putInt(1, rows);
        content.putInt(2, 0);
        content.putInt(3, RUNS);
        content.putInt(4, RUNS);
        Struct page = new Struct();
        page.putInt(ParquetLayout.PAGE_KIND, 0);
        page.putInt(ParquetLayout.PAGE_UNPACKED, bytes);
        page.putInt(ParquetLayout.PAGE_PACKED, bytes);
        page.put(ParquetLayout.PAGE_DATA, content);
        pages.writeBytes(ThriftWriter.write(page));
        pages.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(run.size())
                .array());
        pages.writeBytes(run.toByteArray());
    }

    private Struct chunk(long rows, long offset, int bytes) {
        Struct data = new Struct();
        data.putInt(ParquetLayout.TYPE, FIXED_BYTES);
        data.put(2, new Items(ThriftValue.I32, List.of(new Whole(ThriftValue.I32, 0))));
        data.put(3, new Items(ThriftValue.BINARY, List.of(name)));
        data.putInt(ParquetLayout.CODEC, 0);
        data.putLong(ParquetLayout.VALUES, rows);
        data.putLong(ParquetLayout.UNPACKED_BYTES, bytes);
        data.putLong(ParquetLayout.PACKED_BYTES, bytes);
        data.putLong(ParquetLayout.FIRST_DATA_PAGE, offset);
        Struct chunk = new Struct();
        chunk.putLong(ParquetLayout.CHUNK_OFFSET, offset);
        chunk.put(ParquetLayout.CHUNK_DATA, data);
        return chunk;
    }
}
