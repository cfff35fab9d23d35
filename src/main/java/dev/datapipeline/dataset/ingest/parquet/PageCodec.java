package dev.datapipeline.dataset.ingest.parquet;

import dev.datapipeline.problem.ProblemException;
import io.airlift.compress.Decompressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** Unpacks the pages of a column, in pure Java and into no more bytes than their header says. Not thread-safe. */
final class PageCodec {
    private static final int UNCOMPRESSED = 0;
    private static final int SNAPPY = 1;
    private static final int GZIP = 2;
    private static final int ZSTD = 6;
    private static final int LZ4_RAW = 7;

    private final Decompressor snappy = new SnappyDecompressor();
    private final Decompressor zstd = new ZstdDecompressor();
    private final Decompressor lz4 = new Lz4Decompressor();

    /**
     * @param codec its number in the format
     * @param offset of the page in the file, for messages
     */
    byte[] unpack(long codec, byte[] packed, int from, int size, long offset) {
        if (codec == UNCOMPRESSED) {
            if (packed.length - from != size) {
                throw ParquetProblem.invalidAt(offset, "a page has another size than it says");
            }
            return Arrays.copyOfRange(packed, from, packed.length);
        }
        byte[] page = new byte[size];
        if (unpack(codec, packed, from, page, offset) != size) {
            throw ParquetProblem.invalidAt(offset, "a page unpacks to another size than it says");
        }
        return page;
    }

    private int unpack(long codec, byte[] packed, int from, byte[] page, long offset) {
        int length = packed.length - from;
        try {
            return switch ((int) codec) {
                case SNAPPY -> snappy.decompress(packed, from, length, page, 0, page.length);
                case ZSTD -> zstd.decompress(packed, from, length, page, 0, page.length);
                case LZ4_RAW -> lz4.decompress(packed, from, length, page, 0, page.length);
                case GZIP -> gunzip(new ByteArrayInputStream(packed, from, length), page);
                default ->
                    throw ParquetProblem.invalid(
                            "it is packed by a codec that is not read here; use snappy, zstd, gzip or none");
            };
        } catch (ProblemException refused) {
            throw refused;
        } catch (IOException | RuntimeException damaged) {
            throw ParquetProblem.invalidAt(offset, "a page is damaged");
        }
    }

    private static int gunzip(InputStream packed, byte[] page) throws IOException {
        try (GZIPInputStream unpacked = new GZIPInputStream(packed)) {
            int count = unpacked.readNBytes(page, 0, page.length);
            return unpacked.read() < 0 ? count : count + 1;
        }
    }
}
