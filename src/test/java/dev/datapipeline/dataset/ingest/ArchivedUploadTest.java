package dev.datapipeline.dataset.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datapipeline.dataset.ingest.format.DatasetFormat;
import dev.datapipeline.dataset.ingest.format.FilePart;
import dev.datapipeline.problem.FieldError;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchivedUploadTest {
    private static final String TABLE = "a;b\n1;2\n3;4\n";

    @TempDir
    Path folder;

    private IngestSummary store(byte[] upload, @Nullable String member) {
        return StoredUpload.of(folder, upload, new FilePart(member, null), Reading.LIMITS)
                .summary();
    }

    private ProblemException assertRefused(ProblemType type, String said, byte[] upload) {
        return StoredUpload.assertRefused(folder, type, said, upload);
    }

    @Test
    void onlyMemberIsRead() {
        IngestSummary summary = store(Zips.of("data/table.csv", TABLE), null);

        assertEquals(2, summary.records());
        assertEquals(TABLE.length(), summary.bytes());
        assertEquals("data/table.csv", summary.member());
        assertEquals(DatasetFormat.CSV, summary.format());
    }

    @Test
    void nameOfTheMemberSaysItsFormat() {
        assertEquals(
                DatasetFormat.CSV, store(Zips.of("one.csv", "a\n1\n"), null).format());
    }

    @Test
    void onlyTheDatasetStaysOnTheDisk() {
        store(Zips.of("table.csv", TABLE), null);

        assertEquals(
                List.of("offsets", "records.ndjson"),
                StoredUpload.files(folder).stream()
                        .map(file -> file.getFileName().toString())
                        .sorted()
                        .toList());
    }

    @Test
    void whatSystemsAddAndWhatIsNoDatasetIsPassedOver() {
        byte[] archive = new Zips()
                .with("__MACOSX/._a.csv", "x")
                .with(".DS_Store", "x")
                .with("README.md", "# Data")
                .with("a.csv", TABLE)
                .pack();

        assertEquals("a.csv", store(archive, null).member());
    }

    @Test
    void oneOfSeveralMembersIsNamed() {
        byte[] archive =
                new Zips().with("a.csv", TABLE).with("b.jsonl", "{}\n{}\n{}").pack();

        assertEquals(3, store(archive, "b.jsonl").records());
        ProblemException several = assertRefused(ProblemType.SEVERAL_MEMBERS, "\"a.csv\", \"b.jsonl\"", archive);
        assertEquals(
                List.of("a.csv", "b.jsonl"),
                several.errors().stream().map(FieldError::message).toList());
        assertEquals(
                ProblemType.UNKNOWN_MEMBER,
                assertThrows(ProblemException.class, () -> store(archive, "c.csv"))
                        .type());
    }

    @Test
    void packedTwiceIsUnpackedTwice() {
        assertEquals(
                2,
                store(new Zips().with("a.csv.gz", Gzip.pack(TABLE)).pack(), null)
                        .records());
        assertEquals(
                2,
                store(new Zips().with("inner.zip", Zips.of("a.csv", TABLE)).pack(), null)
                        .records());
        assertRefused(
                ProblemType.UNSUPPORTED_TYPE,
                "unpack the outer one",
                new Zips()
                        .with(
                                "b.zip",
                                new Zips()
                                        .with("a.zip", Zips.of("a.csv", TABLE))
                                        .pack())
                        .pack());
    }

    @Test
    void bombIsRefusedWithTheNameOfTheMember() {
        assertRefused(ProblemType.TOO_LARGE, "\"big.json\"", spaces("big.json"));
    }

    private static byte[] spaces(String name) {
        byte[] blanks = new byte[64 * 1024 * 1024];
        Arrays.fill(blanks, (byte) ' ');
        return new Zips().with(name, blanks).pack();
    }

    @Test
    void damagedMembersAreRefused() {
        byte[] archive = Zips.of("a.csv", TABLE.repeat(1000));

        assertRefused(ProblemType.INVALID_ARCHIVE, "\"a.csv\" is encrypted", Zips.encrypted(archive));
        assertRefused(ProblemType.INVALID_ARCHIVE, "\"a.csv\" has a wrong checksum", Zips.wronglySummed(archive));
        assertRefused(ProblemType.INVALID_ARCHIVE, "its end is missing", Arrays.copyOf(archive, archive.length - 30));
        byte[] torn = archive.clone();
        Arrays.fill(torn, 50, 60, (byte) 0xFF);
        assertRefused(ProblemType.INVALID_ARCHIVE, "\"a.csv\"", torn);
    }

    @Test
    void endlessListsOfMembersAreRefused() {
        byte[] archive = Zips.of("a.csv", TABLE);

        assertRefused(ProblemType.INVALID_ARCHIVE, "more than 10,000 members", Zips.claiming(archive, 60_000, 1_000));
        assertRefused(ProblemType.INVALID_ARCHIVE, "is too long", Zips.claiming(archive, 1, 1 << 30));
    }

    @Test
    void archiveWithoutFilesIsEmpty() {
        assertRefused(ProblemType.EMPTY_DATASET, "no file", new Zips().pack());
        assertRefused(ProblemType.EMPTY_DATASET, "no file", Zips.of("__MACOSX/a", "x"));
    }
}
