package dev.datapipeline.environment.wheel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WheelArchiveTest {
    private static final WheelName NAME =
            WheelName.of("my_pkg-1.0-py3-none-any.whl").orElseThrow();

    @TempDir
    Path folder;

    @Test
    void metadataIsThatOfThePackage() throws Exception {
        SampleWheel wheel = SampleWheel.of("my_pkg", "1.0", "other>=2");

        String metadata = new String(metadata(wheel.bytes()), StandardCharsets.UTF_8);

        assertTrue(metadata.contains("Requires-Dist: other>=2\n"), metadata);
    }

    @Test
    void otherSpellingOfNameAndVersionIsTheSamePackage() throws Exception {
        byte[] bytes = SampleWheel.zip(Map.of("My.Pkg-1.0.0.dist-info/METADATA", "Name: x"));

        assertEquals("Name: x", new String(metadata(bytes), StandardCharsets.UTF_8));
    }

    @Test
    void whatIsNoWheelIsRefused() {
        assertRefused("not a zip file", "no zip at all".repeat(10).getBytes(StandardCharsets.UTF_8));
        assertRefused("not a zip file", new byte[0]);
        assertRefused("no *.dist-info/METADATA", SampleWheel.zip(Map.of("my_pkg.py", "x")));
        assertRefused("no *.dist-info/METADATA", SampleWheel.zip(Map.of("x/my_pkg-1.0.dist-info/METADATA", "x")));
        assertRefused("another package", SampleWheel.zip(Map.of("other-1.0.dist-info/METADATA", "x")));
        assertRefused("another package", SampleWheel.zip(Map.of("my_pkg-1.1.dist-info/METADATA", "x")));
        assertRefused("another package", SampleWheel.zip(Map.of(".dist-info/METADATA", "x")));
        Map<String, String> two = new LinkedHashMap<>();
        two.put("my_pkg-1.0.dist-info/METADATA", "x");
        two.put("other-1.0.dist-info/METADATA", "x");
        assertRefused("more than one", SampleWheel.zip(two));
    }

    @Test
    void brokenZipIsRefused() {
        byte[] bytes = SampleWheel.of("my_pkg", "1.0").bytes();
        for (int place = 0; place < bytes.length; place++) {
            byte[] broken = bytes.clone();
            broken[place] ^= 0x55;
            try {
                metadata(broken);
            } catch (WheelRefusedException refused) {
                assertTrue(refused.text().startsWith(NAME.filename()), refused.text());
            } catch (IOException unexpected) {
                throw new AssertionError("byte " + place, unexpected);
            }
        }
    }

    @Test
    void bombOfMetadataAndTooManyMembersAreRefused() {
        assertRefused(
                "more than 4 MB",
                SampleWheel.zip(Map.of("my_pkg-1.0.dist-info/METADATA", "x".repeat(5 * 1024 * 1024))));
        Map<String, String> many = new LinkedHashMap<>();
        for (int member = 0; member <= ZipBounds.MAX_MEMBERS; member++) {
            many.put("m" + member, "");
        }
        assertRefused("more than 50000 files", SampleWheel.zip(many));
    }

    /** Java takes the earlier end, which may say that its directory has a gigabyte. */
    @Test
    void endInTheCommentOfAnotherIsRefused() {
        byte[] zip = SampleWheel.of("my_pkg", "1.0").bytes();
        byte[] inComment = Arrays.copyOfRange(zip, zip.length - 22, zip.length + 10);
        byte[] both = Arrays.copyOf(zip, zip.length + inComment.length);
        both[zip.length - 2] = (byte) inComment.length;
        System.arraycopy(inComment, 0, both, zip.length, inComment.length);

        assertRefused("can be read in two ways", both);
    }

    private void assertRefused(String message, byte[] bytes) {
        WheelRefusedException refused = assertThrows(WheelRefusedException.class, () -> metadata(bytes));

        assertEquals(WheelRefusedException.Reason.WHEEL_REFUSED, refused.reason());
        assertTrue(refused.text().contains(message), refused.text());
    }

    private byte[] metadata(byte[] bytes) throws IOException, WheelRefusedException {
        Path file = folder.resolve("wheel");
        Files.write(file, bytes);
        return WheelArchive.metadata(file, NAME);
    }
}
