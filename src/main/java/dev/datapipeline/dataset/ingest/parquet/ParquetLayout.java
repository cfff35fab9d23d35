package dev.datapipeline.dataset.ingest.parquet;

import dev.datapipeline.csv.CsvWriter;
import dev.datapipeline.dataset.ingest.format.VisibleText;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.thrift.ThriftValue;
import dev.datapipeline.thrift.ThriftValue.Struct;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Numbers of the fields in which a Parquet file describes itself, and checks of its schema. */
final class ParquetLayout {
    // Of the file.
    static final int SCHEMA = 2;
    static final int ROW_GROUPS = 4;
    static final int KEY_VALUES = 5;
    static final int COLUMN_ORDERS = 7;
    static final int ENCRYPTION = 8;

    // Of a row group.
    static final int CHUNKS = 1;
    static final int GROUP_BYTES = 2;
    static final int GROUP_ROWS = 3;
    static final int[] GROUP_EXTRAS = {4, 5, 6, 7};

    // Of a column chunk.
    static final int OTHER_FILE = 1;
    static final int CHUNK_OFFSET = 2;
    static final int CHUNK_DATA = 3;
    static final int CHUNK_ENCRYPTION = 8;
    static final int[] CHUNK_EXTRAS = {4, 5, 6, 7};

    // Of the data of a column chunk.
    static final int TYPE = 1;
    static final int CODEC = 4;
    static final int VALUES = 5;
    static final int UNPACKED_BYTES = 6;
    static final int PACKED_BYTES = 7;
    static final int FIRST_DATA_PAGE = 9;
    static final int DICTIONARY_PAGE = 11;
    static final int[] DATA_EXTRAS = {8, 10, 12, 13, 14, 15, 16, 17};

    // Of a page.
    static final int PAGE_KIND = 1;
    static final int PAGE_UNPACKED = 2;
    static final int PAGE_PACKED = 3;
    static final int PAGE_CHECKSUM = 4;
    static final int PAGE_DATA = 5;
    static final int PAGE_DICTIONARY = 7;
    static final int PAGE_DATA_2 = 8;
    static final int PAGE_VALUES = 1;
    static final int LEVELS_OF_DEFINITION = 5;
    static final int LEVELS_OF_REPETITION = 6;
    static final int IS_PACKED = 7;
    static final int STATISTICS = 5;
    static final int STATISTICS_2 = 8;

    // Of an element of the schema.
    private static final int LENGTH = 2;
    private static final int NAME = 4;
    private static final int CHILDREN = 5;
    private static final int SCALE = 7;
    private static final int PRECISION = 8;
    private static final int LOGICAL_TYPE = 10;
    private static final int DECIMAL = 5;

    private static final int MOST_ELEMENTS = 50_000;
    private static final int MOST_DEPTH = 100;
    private static final int MOST_DIGITS = 1_000;
    private static final int MOST_FIXED_BYTES = 1024 * 1024;

    private ParquetLayout() {}

    /** Refuses schemas that are too large, too deep, or have numbers of too many digits. */
    static void check(Struct file) {
        List<Struct> elements = file.structs(SCHEMA);
        if (elements.isEmpty() || elements.size() > MOST_ELEMENTS) {
            throw ParquetProblem.invalid("it has no columns, or more than %,d".formatted(CsvWriter.MAX_COLUMNS));
        }
        int leaves = 0;
        Deque<Level> open = new ArrayDeque<>();
        for (Struct element : elements) {
            checkElement(element);
            long children = element.whole(CHILDREN, 0);
            leaves += children == 0 ? 1 : 0;
            if (!open.isEmpty()) {
                open.push(open.pop().without(name(element)));
            }
            if (children > 0) {
                open.push(new Level(children, new HashSet<>()));
            }
            while (!open.isEmpty() && open.peek().left() == 0) {
                open.pop();
            }
            if (open.size() > MOST_DEPTH || leaves > CsvWriter.MAX_COLUMNS) {
                throw ParquetProblem.invalid("it has more than %,d columns, or they are nested more than %d deep"
                        .formatted(CsvWriter.MAX_COLUMNS, MOST_DEPTH));
            }
        }
    }

    /** A group of columns of which some are still to come, with the names of those before. */
    private record Level(long left, Set<String> names) {
        Level without(String name) {
            if (!names.add(name)) {
                throw new ProblemException(
                        ProblemType.DUPLICATE_KEY,
                        "Two columns are called \"%s\". Rename one of them.".formatted(VisibleText.of(name)));
            }
            return new Level(left - 1, names);
        }
    }

    static String name(Struct element) {
        return element.fields().get(NAME) instanceof ThriftValue.Text text
                ? new String(text.bytes(), StandardCharsets.UTF_8)
                : "";
    }

    private static void checkElement(Struct element) {
        checkDecimal(element.whole(SCALE, 0), element.whole(PRECISION, 0));
        Struct logical = element.struct(LOGICAL_TYPE);
        Struct decimal = logical == null ? null : logical.struct(DECIMAL);
        if (decimal != null) {
            checkDecimal(decimal.whole(1, 0), decimal.whole(2, 0));
        }
        long length = element.whole(LENGTH, 0);
        if (length < 0 || length > MOST_FIXED_BYTES || element.whole(CHILDREN, 0) < 0) {
            throw ParquetProblem.invalid("a column has an impossible length");
        }
    }

    private static void checkDecimal(long scale, long precision) {
        if (scale < 0 || scale > MOST_DIGITS || precision < 0 || precision > MOST_DIGITS) {
            throw ParquetProblem.invalid("a column has numbers of more than %,d digits".formatted(MOST_DIGITS));
        }
    }
}
