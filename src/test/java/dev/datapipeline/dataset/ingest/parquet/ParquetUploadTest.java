package dev.datapipeline.dataset.ingest.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.dataset.ingest.StoredUpload;
import dev.datapipeline.dataset.ingest.Zips;
import dev.datapipeline.dataset.ingest.format.DatasetField;
import dev.datapipeline.dataset.ingest.format.DatasetFormat;
import dev.datapipeline.dataset.ingest.format.JsonType;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.thrift.ThriftValue.Struct;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetUploadTest {
    private static final int OPTIONAL = 1;
    private static final int REPEATED = 2;

    @TempDir
    Path folder;

    private List<String> records(ParquetSamples file) {
        return StoredUpload.of(folder, file.write()).records();
    }

    private void assertRefused(String said, byte[] file) {
        StoredUpload.assertRefused(folder, ProblemType.INVALID_PARQUET, said, file);
    }

    private static int converted(Struct element, int type) {
        element.putInt(6, type);
        return type;
    }

    private static ParquetSamples one(int type, int convertedType, byte[] value) {
        return new ParquetSamples().column("a", type, element -> converted(element, convertedType), 1, value);
    }

    @Test
    void everyRowIsARecord() {
        StoredUpload stored = StoredUpload.of(
                folder,
                new ParquetSamples()
                        .texts("name", "Ada", "größer \"1\"")
                        .column("n", ParquetSamples.INT64, element -> {}, 2, ParquetSamples.longs(1, Long.MIN_VALUE))
                        .write());

        assertEquals(
                List.of("{\"name\":\"Ada\",\"n\":1}", "{\"name\":\"größer \\\"1\\\"\",\"n\":-9223372036854775808}"),
                stored.records());
        assertEquals(DatasetFormat.PARQUET, stored.summary().format());
        assertEquals(
                List.of(
                        new DatasetField("name", List.of(JsonType.STRING), 2),
                        new DatasetField("n", List.of(JsonType.INTEGER), 2)),
                stored.summary().fields());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, ParquetSamples.SNAPPY, ParquetSamples.GZIP, ParquetSamples.ZSTD, ParquetSamples.LZ4})
    void pagesAreUnpacked(int codec) {
        String text = "again and ".repeat(1_000);

        assertEquals(List.of("{\"a\":\"" + text + "\"}"), records(new ParquetSamples(codec).texts("a", text)));
    }

    @Test
    void logicalTypesAreWhatTheyMean() {
        assertEquals(
                List.of("{\"a\":\"2026-03-15\"}"), records(one(ParquetSamples.INT32, 6, ParquetSamples.ints(20527))));
        assertEquals(
                List.of("{\"a\":\"2026-03-15T12:30:00.000001Z\"}"),
                records(one(ParquetSamples.INT64, 10, ParquetSamples.longs(1_773_577_800_000_001L))));
        assertEquals(
                List.of("{\"a\":\"12:30:00\"}"),
                records(one(ParquetSamples.INT32, 7, ParquetSamples.ints(45_000_000))));
        assertEquals(
                List.of("{\"a\":1.50}"),
                records(new ParquetSamples()
                        .column(
                                "a",
                                ParquetSamples.INT64,
                                element -> {
                                    converted(element, 5);
                                    element.putInt(7, 2);
                                    element.putInt(8, 18);
                                },
                                1,
                                ParquetSamples.longs(150))));
    }

    @Test
    void binaryIsBase64AndNumbersThatJsonDoesNotHaveAreNull() {
        assertEquals(
                List.of("{\"a\":\"AP8=\"}"),
                records(new ParquetSamples()
                        .column(
                                "a",
                                ParquetSamples.BINARY,
                                element -> {},
                                1,
                                ParquetSamples.joined(ParquetSamples.ints(2), new byte[] {0, (byte) 0xFF}))));
        StoredUpload stored = StoredUpload.of(
                folder,
                new ParquetSamples()
                        .column(
                                "a",
                                ParquetSamples.DOUBLE,
                                element -> {},
                                2,
                                ParquetSamples.longs(Double.doubleToLongBits(Double.NaN), Double.doubleToLongBits(0.1)))
                        .write());
        assertEquals(List.of("{\"a\":null}", "{\"a\":0.1}"), stored.records());
        assertEquals(
                List.of("Numbers that JSON does not have, NaN and infinities, became null: 1."),
                stored.summary().readAs().notes());
    }

    @Test
    void missingValuesAreNull() {
        assertEquals(
                List.of("{\"a\":7}", "{\"a\":null}"),
                records(new ParquetSamples()
                        .leaf("a", ParquetSamples.INT32, OPTIONAL, element -> {})
                        .chunk(
                                ParquetSamples.INT32,
                                List.of("a"),
                                2,
                                ParquetSamples.joined(ParquetSamples.levels(1, 0), ParquetSamples.ints(7)))));
    }

    @Test
    void listsAndStructsAreNested() {
        ParquetSamples file = new ParquetSamples()
                .group("tags", OPTIONAL, 1, element -> converted(element, 3))
                .group("list", REPEATED, 1, element -> {})
                .leaf("element", ParquetSamples.BINARY, OPTIONAL, element -> converted(element, 0))
                .group("place", OPTIONAL, 1, element -> {})
                .leaf("zip", ParquetSamples.INT32, OPTIONAL, element -> {})
                .chunk(
                        ParquetSamples.BINARY,
                        List.of("tags", "list", "element"),
                        4,
                        ParquetSamples.joined(
                                ParquetSamples.levels(0, 1, 0, 0),
                                ParquetSamples.levels(3, 2, 1, 0),
                                ParquetSamples.plain("x")))
                .chunk(
                        ParquetSamples.INT32,
                        List.of("place", "zip"),
                        3,
                        ParquetSamples.joined(ParquetSamples.levels(2, 1, 0), ParquetSamples.ints(10115)))
                .rows(3);

        assertEquals(
                List.of(
                        "{\"tags\":[\"x\",null],\"place\":{\"zip\":10115}}",
                        "{\"tags\":[],\"place\":{\"zip\":null}}",
                        "{\"tags\":null,\"place\":null}"),
                records(file));
    }

    @Test
    void fileMayBeInAnArchive() {
        byte[] archive = new Zips().with("a.parquet", ParquetSamples.of("x")).pack();

        assertEquals(
                List.of("{\"text\":\"x\"}"), StoredUpload.of(folder, archive).records());
    }

    @Test
    void cutOffAndEncryptedFilesAreRefused() {
        byte[] file = ParquetSamples.of("x");

        assertRefused("it is cut off", Arrays.copyOf(file, 6));
        assertRefused("it is cut off, or encrypted", Arrays.copyOf(file, file.length - 1));
        byte[] wrongLength = file.clone();
        wrongLength[file.length - 5] = 0x7F;
        assertRefused("an impossible length", wrongLength);
        assertRefused(
                "it is encrypted",
                new ParquetSamples()
                        .texts("a", "x")
                        .lieInFooter(footer -> footer.put(8, new Struct()))
                        .write());
    }

    @Test
    void sizesThatPagesCannotHaveAreRefused() {
        assertRefused("a page has a size of", lying(header -> header.putInt(2, Integer.MAX_VALUE)));
        assertRefused("a page has a size of", lying(header -> header.putInt(2, -1)));
        assertRefused("a page has a size of", lying(header -> header.putInt(3, 1_000_000)));
        assertRefused("another size than it says", lying(header -> header.putInt(2, 3)));
        assertRefused("a page has a size of", lying(header -> content(header).putInt(1, Integer.MAX_VALUE)));
    }

    /** The name of the column that is added on the way is free for a column of the file. */
    @Test
    void columnsMayHaveAnyName() {
        assertEquals(
                List.of("{\"filler\":\"x\",\"filler_\":\"y\"}"),
                records(new ParquetSamples().texts("filler", "x").texts("filler_", "y")));
    }

    @Test
    void pagesThatTakeTooMuchMemoryAreRefused() {
        int values = 16_000_000;
        ParquetSamples file =
                new ParquetSamples().lieInPages(header -> content(header).putInt(1, values));
        long most = Runtime.getRuntime().maxMemory() / 2;
        for (long column = 0; column * 3 * Long.BYTES * values <= most; column++) {
            file.column("c" + column, ParquetSamples.INT64, element -> {}, 1, ParquetSamples.longs(1));
        }

        assertRefused("too large for so many columns", file.write());
    }

    private static byte[] lying(Consumer<Struct> lies) {
        return new ParquetSamples().lieInPages(lies).texts("a", "x").write();
    }

    private static Struct content(Struct header) {
        Struct content = header.struct(5);
        if (content == null) {
            throw new AssertionError("a data page has a description");
        }
        return content;
    }

    @Test
    void schemasThatTakeTooMuchAreRefused() {
        ParquetSamples deep = new ParquetSamples();
        for (int level = 0; level < 200; level++) {
            deep.group("g", OPTIONAL, 1, element -> {});
        }
        assertRefused("nested more than 100 deep", deep.texts("a", "x").write());
        assertRefused(
                "more than 1,000 digits",
                one(ParquetSamples.INT32, 5, ParquetSamples.ints(1))
                        .lieInFooter(footer -> footer.structs(2).get(1).putInt(7, 1_000_000_000))
                        .write());
        StoredUpload.assertRefused(
                folder,
                ProblemType.DUPLICATE_KEY,
                "\"a\"",
                new ParquetSamples().texts("a", "x").texts("a", "y").write());
    }

    /** Whatever bytes of a file are changed, it is read or refused, and nothing else happens. */
    @Test
    void changedFilesAreReadOrRefused() {
        byte[] file = new ParquetSamples(ParquetSamples.SNAPPY)
                .texts("a", "x", "yy", "zzz")
                .column("n", ParquetSamples.INT64, element -> {}, 3, ParquetSamples.longs(1, 2, 3))
                .write();
        Random random = new Random(1729);
        int refused = 0;
        for (int round = 0; round < 150; round++) {
            byte[] changed = file.clone();
            for (int change = 0; change <= random.nextInt(3); change++) {
                changed[4 + random.nextInt(file.length - 8)] = (byte) random.nextInt();
            }
            try {
                StoredUpload.of(folder, changed);
            } catch (ProblemException problem) {
                refused++;
            }
        }
        assertTrue(refused > 20, "refused: " + refused);
    }
}
