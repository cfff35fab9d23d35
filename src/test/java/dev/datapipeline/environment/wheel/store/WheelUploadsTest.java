package dev.datapipeline.environment.wheel.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.environment.wheel.SampleWheel;
import dev.datapipeline.environment.wheel.WheelRefusedException;
import dev.datapipeline.environment.wheel.file.IncomingWheel;
import dev.datapipeline.environment.wheel.file.StoredWheel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WheelUploadsTest {
    private final SampleWheel one = SampleWheel.of("a", "1.0");
    private final SampleWheel two = SampleWheel.of("b", "2.0");

    @TempDir
    Path folder;

    private FileWheelStore store;
    private WheelUploads uploads;

    @BeforeEach
    void open() {
        store = TestWheels.store(folder);
        uploads = new WheelUploads(store);
    }

    private List<String> take(byte[] bytes, @Nullable String filename) throws Exception {
        return uploads.take(new ByteArrayInputStream(bytes), Optional.ofNullable(filename)).stream()
                .map(wheel -> wheel.name().filename())
                .toList();
    }

    private void assertRefused(String message, byte[] bytes, @Nullable String filename) throws Exception {
        long files = files();
        WheelRefusedException refused = assertThrows(WheelRefusedException.class, () -> take(bytes, filename));
        assertTrue(refused.text().contains(message), refused.text());
        assertEquals(files, files());
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    private static byte[] zip(String folder, SampleWheel... wheels) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (SampleWheel wheel : wheels) {
                zip.putNextEntry(new ZipEntry(folder + wheel.filename()));
                zip.write(wheel.bytes());
                zip.closeEntry();
            }
            zip.putNextEntry(new ZipEntry("README.txt"));
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }

    @Test
    void singleWheelIsTakenUnderItsName() throws Exception {
        assertEquals(List.of(one.filename()), take(one.bytes(), one.filename()));

        try (StoredWheel kept = store.open(one.sha256()).orElseThrow()) {
            assertArrayEquals(one.bytes(), Files.readAllBytes(kept.path()));
        }
        assertEquals(List.of(one.filename()), take(one.bytes(), one.filename()));
        assertEquals(1, store.uploads().size());
    }

    @Test
    void zipOfWheelsIsTakenWhole() throws Exception {
        assertEquals(List.of(one.filename(), two.filename()), take(zip("wheels/", one, two), null));
        assertEquals(2, store.uploads().size());
        assertEquals(2, files());
    }

    @Test
    void oneWrongWheelOfSeveralLeavesNothing() throws Exception {
        SampleWheel wrong = new SampleWheel("c-1.0-py3-none-any.whl", two.bytes());

        assertRefused("another package or version", zip("", one, wrong), "wheels.zip");
        assertRefused("not the file name", zip("", one, new SampleWheel("c.whl", two.bytes())), "wheels.zip");
        assertEquals(List.of(), store.uploads());
    }

    @Test
    void namesInTheZipAreNoPaths() throws Exception {
        take(zip("../../../", one), null);

        assertEquals(1, store.uploads().size());
        assertTrue(store.open(one.sha256()).orElseThrow().path().startsWith(folder));
    }

    @Test
    void whatIsNoWheelIsRefused() throws Exception {
        assertRefused("not a zip file", "text".getBytes(StandardCharsets.UTF_8), null);
        assertRefused("not a zip file", new byte[0], one.filename());
        assertRefused("no wheel in the upload", one.bytes(), null);
        assertRefused("no wheel in the upload", SampleWheel.zip(Map.of("x", "y")), "x.zip");
        assertRefused("do not rename wheels", one.bytes(), "a.whl");
        assertRefused("another package or version", one.bytes(), two.filename());
        assertRefused("no *.dist-info/METADATA", SampleWheel.zip(Map.of("x", "y")), one.filename());
    }

    @Test
    void nameWithOtherContentIsTakenOnceUntilItIsDeleted() throws Exception {
        SampleWheel changed =
                new SampleWheel(one.filename(), SampleWheel.of("a", "1.0", "x").bytes());
        take(one.bytes(), one.filename());

        assertRefused("uploaded before with other content", changed.bytes(), changed.filename());
        assertTrue(store.deleteUpload(one.sha256()));
        assertFalse(store.deleteUpload(one.sha256()));
        take(changed.bytes(), changed.filename());

        assertEquals(changed.sha256(), store.uploads().getFirst().sha256());
    }

    @Test
    void twoOfOneNameInAZipAreRefused() throws Exception {
        SampleWheel other =
                new SampleWheel(one.filename(), SampleWheel.of("a", "1.0", "x").bytes());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, SampleWheel> entry :
                    Map.of("x/", one, "y/", other).entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey() + one.filename()));
                zip.write(entry.getValue().bytes());
                zip.closeEntry();
            }
        }

        assertRefused("uploaded before with other content", bytes.toByteArray(), null);
        assertEquals(List.of(), store.uploads());
    }

    @Test
    void nameIsTakenByTheFirstOfTwoThatWereCheckedTogether() throws Exception {
        SampleWheel other =
                new SampleWheel(one.filename(), SampleWheel.of("a", "1.0", "x").bytes());
        try (IncomingWheel late = store.receive(other.filename())) {
            late.write(other.bytes(), 0, other.bytes().length);
            String sha256 = late.finish();
            take(one.bytes(), one.filename());

            assertThrows(
                    WheelRefusedException.class,
                    () -> store.keep(List.of(new CheckedWheel(late, sha256, other.name()))));
        }
        assertEquals(one.sha256(), store.uploads().getFirst().sha256());
    }

    @Test
    void uploadsThatArriveTogetherShareTheRoom() throws Exception {
        byte[] piece = new byte[1_000_000];
        try (IncomingWheel arriving = store.receive("other")) {
            for (int megabyte = 0; megabyte < 99; megabyte++) {
                arriving.write(piece, 0, piece.length);
            }

            SampleWheel large = new SampleWheel(one.filename(), new byte[2_000_000]);
            assertRefused("There is no room for all of", large.bytes(), large.filename());
        }
        assertEquals(100_000_000, store.uploadRoom());
        take(one.bytes(), one.filename());
        assertEquals(100_000_000 - one.bytes().length, store.uploadRoom());
    }

    @Test
    void endlessUploadIsRefused() throws Exception {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 0;
            }
        };

        WheelRefusedException refused =
                assertThrows(WheelRefusedException.class, () -> uploads.take(endless, Optional.of(one.filename())));

        assertTrue(refused.text().contains("larger than 100000000 bytes"), refused.text());
        assertEquals(0, files());
    }

    @Test
    void bombInAZipIsRefused() throws Exception {
        SampleWheel bomb = new SampleWheel("c-1.0-py3-none-any.whl", new byte[101_000_000]);

        assertRefused("larger than", zip("", bomb), null);
    }
}
