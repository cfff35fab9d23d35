package dev.datapipeline.results.export.parquet;

import dev.datapipeline.thrift.ThriftValue;
import dev.datapipeline.thrift.ThriftValue.Items;
import dev.datapipeline.thrift.ThriftValue.Struct;
import dev.datapipeline.thrift.ThriftValue.Text;
import dev.datapipeline.thrift.ThriftValue.Whole;
import dev.datapipeline.thrift.ThriftWriter;
import io.airlift.compress.snappy.SnappyCompressor;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the values of one column of a row group as pages packed by Snappy. Not thread-safe. */
final class ColumnWriter {
    private static final int SNAPPY = 1;
    private static final int PLAIN = 0;
    private static final int RUNS = 3;
    private static final int UTF8 = 0;
    private static final int OPTIONAL = 1;

    private final String name;
    private final ColumnKind kind;
    private final SnappyCompressor compressor = new SnappyCompressor();
    private final ByteArrayOutputStream pages = new ByteArrayOutputStream();
    private final ByteArrayOutputStream levels = new ByteArrayOutputStream();
    private final ByteArrayOutputStream values = new ByteArrayOutputStream();
    private int rowsOfPage;
    private int rowsOfGroup;
    private int run;
    private boolean isRunOfValues;
    private int truths;
    private int truthBits;
    private long unpackedBytes;

    ColumnWriter(String name, ColumnKind kind) {
        this.name = name;
        this.kind = kind;
    }

    /** @param text null for nothing */
    void add(@Nullable String text) {
        boolean isValue = text != null;
        if (run > 0 && isValue != isRunOfValues) {
            endRun();
        }
        isRunOfValues = isValue;
        run++;
        rowsOfPage++;
        if (text != null) {
            addValue(text);
        }
    }

    private void addValue(String text) {
        switch (kind) {
            case TRUTH -> addTruth(text.equals("true"));
            case INTEGER, LARGE_INTEGER -> addLong(Long.parseLong(text));
            case NUMBER -> addLong(Double.doubleToLongBits(Double.parseDouble(text)));
            case TEXT, EMPTY -> {
                byte[] bytes = Surrogates.escape(text).getBytes(StandardCharsets.UTF_8);
                addInt(values, bytes.length);
                values.writeBytes(bytes);
            }
        }
    }

    private void addTruth(boolean isTrue) {
        truthBits |= (isTrue ? 1 : 0) << truths;
        truths++;
        if (truths == Byte.SIZE) {
            endTruths();
        }
    }

    private void endTruths() {
        if (truths > 0) {
            values.write(truthBits);
        }
        truths = 0;
        truthBits = 0;
    }

    private void addLong(long number) {
        addInt(values, (int) number);
        addInt(values, (int) (number >>> Integer.SIZE));
    }

    private static void addInt(ByteArrayOutputStream target, int number) {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            target.write(number >>> shift);
        }
    }

    private void endRun() {
        int header = run << 1;
        while ((header & ~0x7F) != 0) {
            levels.write(header & 0x7F | 0x80);
            header >>>= 7;
        }
        levels.write(header);
        levels.write(isRunOfValues ? 1 : 0);
        run = 0;
    }

    /** Bytes in memory. */
    int size() {
        return pages.size() + values.size() + levels.size();
    }

    void endPage() {
        if (rowsOfPage == 0) {
            return;
        }
        endRun();
        endTruths();
        ByteArrayOutputStream page = new ByteArrayOutputStream(Integer.BYTES + levels.size() + values.size());
        addInt(page, levels.size());
        page.writeBytes(levels.toByteArray());
        page.writeBytes(values.toByteArray());
        byte[] content = page.toByteArray();
        byte[] packed = new byte[compressor.maxCompressedLength(content.length)];
        int length = compressor.compress(content, 0, content.length, packed, 0, packed.length);
        byte[] header = ThriftWriter.write(header(content.length, length));
        pages.writeBytes(header);
        pages.write(packed, 0, length);
        unpackedBytes += header.length + content.length;
        rowsOfGroup += rowsOfPage;
        rowsOfPage = 0;
        levels.reset();
        values.reset();
    }

    private Struct header(int unpacked, int packed) {
        Struct content = new Struct();
        content.putInt(1, rowsOfPage);
        content.putInt(2, PLAIN);
        content.putInt(3, RUNS);
        content.putInt(4, RUNS);
        Struct header = new Struct();
        header.putInt(1, 0);
        header.putInt(2, unpacked);
        header.putInt(3, packed);
        header.put(5, content);
        return header;
    }

    /** Takes the pages of the row group. */
    byte[] takePages() {
        byte[] taken = pages.toByteArray();
        pages.reset();
        return taken;
    }

    /** The description of the pages that were taken; begins a new row group. */
    Struct chunk(long offset, int packedBytes) {
        Struct data = new Struct();
        data.putInt(1, kind.physicalType());
        data.put(
                2,
                new Items(
                        ThriftValue.I32, List.of(new Whole(ThriftValue.I32, PLAIN), new Whole(ThriftValue.I32, RUNS))));
        data.put(3, new Items(ThriftValue.BINARY, List.of(text(name))));
        data.putInt(4, SNAPPY);
        data.putLong(5, rowsOfGroup);
        data.putLong(6, unpackedBytes);
        data.putLong(7, packedBytes);
        data.putLong(9, offset);
        Struct chunk = new Struct();
        chunk.putLong(2, offset);
        chunk.put(3, data);
        rowsOfGroup = 0;
        unpackedBytes = 0;
        return chunk;
    }

    Struct schema() {
        Struct element = new Struct();
        element.putInt(1, kind.physicalType());
        element.putInt(3, OPTIONAL);
        element.put(4, text(name));
        if (kind.isText()) {
            element.putInt(6, UTF8);
        }
        return element;
    }

    static Text text(String text) {
        return new Text(Surrogates.escape(text).getBytes(StandardCharsets.UTF_8));
    }
}
