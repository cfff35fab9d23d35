package dev.datapipeline.dataset.ingest.input;

import dev.datapipeline.problem.ProblemType;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Recognises uploads that are not text by their first bytes, whatever their name. */
public final class FileTypeDetector {
    private static final int LOOK_AHEAD = 8;

    private static final Map<String, String> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put("504b0304", "a zip archive in an archive: unpack the outer one");
        KINDS.put(
                "d0cf11e0a1b11ae1",
                "an old Excel or Office file, or one with a password: save it as .xlsx without a password, or as CSV in UTF-8");
        KINDS.put("1f8b", "gzip that is damaged or was packed twice: pack the file once");
        KINDS.put("28b52ffd", "zstd");
        KINDS.put("fd377a585a00", "xz");
        KINDS.put("425a68", "bzip2");
        KINDS.put("377abcaf271c", "a 7z archive");
        KINDS.put("89504e47", "a PNG image");
        KINDS.put("ffd8ff", "a JPEG image");
        KINDS.put("474946383", "a GIF image");
        KINDS.put("255044462d", "a PDF document");
        KINDS.put("7f454c46", "a program");
        KINDS.put("4152524f57310000", "an Arrow or Feather file: write it as CSV or NDJSON");
        KINDS.put("894844460d0a1a0a", "an HDF5 file: write it as CSV or NDJSON");
        KINDS.put("934e554d5059", "a NumPy file: write it as CSV or NDJSON");
        KINDS.put("04224d18", "lz4");
        KINDS.put("526172211a07", "a RAR archive");
        KINDS.put("7b5c727466", "an RTF document");
        KINDS.put("4f626a01", "an Avro file");
        KINDS.put("53514c697465", "an SQLite database");
    }

    private FileTypeDetector() {}

    public static void reject(UploadBuffer buffer) {
        byte[] first = buffer.lookAhead(LOOK_AHEAD);
        String digits = HexFormat.of().formatHex(first);
        KINDS.forEach((magic, kind) -> {
            if (digits.startsWith(magic)) {
                throw buffer.problem(
                        ProblemType.UNSUPPORTED_TYPE,
                        "A dataset is JSON, NDJSON, CSV, Excel or Parquet, and this is " + kind + ".");
            }
        });
        if (digits.startsWith("fffe") || digits.startsWith("feff") || hasZero(first)) {
            throw buffer.problem(
                    ProblemType.INVALID_ENCODING,
                    "A dataset is UTF-8, and this looks like UTF-16 or UTF-32. Save it as UTF-8.");
        }
    }

    private static boolean hasZero(byte[] bytes) {
        for (byte value : bytes) {
            if (value == 0) {
                return true;
            }
        }
        return false;
    }
}
