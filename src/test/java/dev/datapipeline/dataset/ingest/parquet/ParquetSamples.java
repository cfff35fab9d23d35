package dev.datapipeline.dataset.ingest.parquet;

import dev.datapipeline.thrift.ThriftValue;
import dev.datapipeline.thrift.ThriftValue.Items;
import dev.datapipeline.thrift.ThriftValue.Struct;
import dev.datapipeline.thrift.ThriftValue.Text;
import dev.datapipeline.thrift.ThriftValue.Whole;
import dev.datapipeline.thrift.ThriftWriter;
import io.airlift.compress.Compressor;
import io.airlift.compress.lz4.Lz4Compressor;
import io.airlift.compress.snappy.SnappyCompressor;
import io.airlift.compress.zstd.ZstdCompressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

/** Parquet files of one row group, written byte by byte, so that a test can have them as wrong as it likes. */
public final class ParquetSamples {
    public static final int BOOLEAN = 0;
    public static final int INT32 = 1;
    public static final int INT64 = 2;
    public static final int DOUBLE = 5;
    public static final int BINARY = 6;
    public static final int SNAPPY = 1;
    public static final int GZIP = 2;
    public static final int ZSTD = 6;
    public static final int LZ4 = 7;

    private static final int REQUIRED = 0;
    private static final int NAME = 4;
    private static final int CONVERTED = 6;

    private final List<ThriftValue> schema = new ArrayList<>();
    private final List<ThriftValue> chunks = new ArrayList<>();
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final int codec;
    private int rows;
    private Consumer<Struct> pageLies = header -> {};
    private Consumer<Struct> footerLies = footer -> {};

    public ParquetSamples(int codec) {
        this.codec = codec;
        file.writeBytes("PAR1".getBytes(StandardCharsets.US_ASCII));
    }

    public ParquetSamples() {
        this(0);
    }

    /** A file of one column of texts. */
    public static byte[] of(String... texts) {
        return new ParquetSamples().texts("text", texts).write();
    }

    /** What headers of pages say instead of the truth. */
    ParquetSamples lieInPages(Consumer<Struct> lies) {
        pageLies = lies;
        return this;
    }

    ParquetSamples lieInFooter(Consumer<Struct> lies) {
        footerLies = lies;
        return this;
    }

    public ParquetSamples texts(String name, String... texts) {
        return column(name, BINARY, element -> element.putInt(CONVERTED, 0), texts.length, plain(texts));
    }

    /** A required column. */
    ParquetSamples column(String name, int type, Consumer<Struct> annotations, int count, byte[] values) {
        leaf(name, type, REQUIRED, annotations);
        return chunk(type, List.of(name), count, values);
    }

    ParquetSamples group(String name, int repetition, int children, Consumer<Struct> annotations) {
        Struct element = new Struct();
        element.putInt(3, repetition);
        element.put(NAME, text(name));
        element.putInt(5, children);
        annotations.accept(element);
        schema.add(element);
        return this;
    }

    ParquetSamples leaf(String name, int type, int repetition, Consumer<Struct> annotations) {
        Struct element = new Struct();
        element.putInt(1, type);
        element.putInt(3, repetition);
        element.put(NAME, text(name));
        annotations.accept(element);
        schema.add(element);
        return this;
    }

    /** The data of the next column: levels and values as they stand in a page. */
    ParquetSamples chunk(int type, List<String> path, int count, byte[] page) {
        int start = file.size();
        byte[] packed = packed(page);
        Struct content = new Struct();
        content.putInt(1, count);
        content.putInt(2, 0);
        content.putInt(3, 3);
        content.putInt(4, 3);
        Struct header = new Struct();
        header.putInt(1, 0);
        header.putInt(2, page.length);
        header.putInt(3, packed.length);
        header.put(5, content);
        pageLies.accept(header);
        file.writeBytes(ThriftWriter.write(header));
        file.writeBytes(packed);
        Struct data = new Struct();
        data.putInt(1, type);
        data.put(2, new Items(ThriftValue.I32, List.of(new Whole(ThriftValue.I32, 0))));
        data.put(
                3,
                new Items(
                        ThriftValue.BINARY,
                        path.stream().<ThriftValue>map(ParquetSamples::text).toList()));
        data.putInt(4, codec);
        data.putLong(5, count);
        data.putLong(6, page.length);
        data.putLong(7, file.size() - start);
        data.putLong(9, start);
        Struct chunk = new Struct();
        chunk.putLong(2, start);
        chunk.put(3, data);
        chunks.add(chunk);
        rows = rows == 0 ? count : rows;
        return this;
    }

    ParquetSamples rows(int count) {
        rows = count;
        return this;
    }

    public byte[] write() {
        long top = schema.size();
        for (ThriftValue element : schema) {
            top -= ((Struct) element).whole(5, 0);
        }
        Struct root = new Struct();
        root.put(NAME, text("schema"));
        root.putInt(5, (int) top);
        List<ThriftValue> elements = new ArrayList<>(List.of(root));
        elements.addAll(schema);
        Struct group = new Struct();
        group.put(1, new Items(ThriftValue.STRUCT, chunks));
        group.putLong(2, file.size());
        group.putLong(3, rows);
        Struct footer = new Struct();
        footer.putInt(1, 1);
        footer.put(2, new Items(ThriftValue.STRUCT, elements));
        footer.putLong(3, rows);
        footer.put(4, new Items(ThriftValue.STRUCT, List.of(group)));
        footerLies.accept(footer);
        byte[] written = ThriftWriter.write(footer);
        file.writeBytes(written);
        file.writeBytes(ints(written.length));
        file.writeBytes("PAR1".getBytes(StandardCharsets.US_ASCII));
        return file.toByteArray();
    }

    private byte[] packed(byte[] page) {
        return switch (codec) {
            case SNAPPY -> packed(new SnappyCompressor(), page);
            case ZSTD -> packed(new ZstdCompressor(), page);
            case LZ4 -> packed(new Lz4Compressor(), page);
            case GZIP -> gzipped(page);
            default -> page;
        };
    }

    private static byte[] packed(Compressor compressor, byte[] page) {
        byte[] packed = new byte[compressor.maxCompressedLength(page.length)];
        return Arrays.copyOf(packed, compressor.compress(page, 0, page.length, packed, 0, packed.length));
    }

    private static byte[] gzipped(byte[] page) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream target = new GZIPOutputStream(packed)) {
            target.write(page);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return packed.toByteArray();
    }

    static Text text(String text) {
        return new Text(text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] plain(String... texts) {
        ByteArrayOutputStream values = new ByteArrayOutputStream();
        for (String value : texts) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            values.writeBytes(ints(bytes.length));
            values.writeBytes(bytes);
        }
        return values.toByteArray();
    }

    static byte[] ints(int... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(numbers).forEach(bytes::putInt);
        return bytes.array();
    }

    static byte[] longs(long... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(numbers).forEach(bytes::putLong);
        return bytes.array();
    }

    /** Levels below 8, each as a run of its own. */
    static byte[] levels(int... levels) {
        byte[] runs = new byte[2 * levels.length];
        for (int index = 0; index < levels.length; index++) {
            runs[2 * index] = 1 << 1;
            runs[2 * index + 1] = (byte) levels[index];
        }
        return joined(ints(runs.length), runs);
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }
}
