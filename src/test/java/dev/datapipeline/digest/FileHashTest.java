package dev.datapipeline.digest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileHashTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "md5, 900150983cd24fb0d6963f7d28e17f72",
        "SHA1, a9993e364706816aba3e25717850c26c9cd0d89d",
        "sha256, BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
        "sha384," + " cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
        "sha512, ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
    })
    void hashIsThatOfItsBytesAlone(String algorithm, String digits) throws Exception {
        FileHash hash = FileHash.parse(algorithm + "=" + digits).orElseThrow();
        Path file = Files.writeString(folder.resolve("file"), "abc");

        assertTrue(hash.isOf("abc".getBytes(US_ASCII)));
        assertTrue(hash.isOf(file));
        assertFalse(hash.isOf("abd".getBytes(US_ASCII)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "md5",
                "md5=",
                "md5=900150983cd24fb0d6963f7d28e17f7",
                "md5=900150983cd24fb0d6963f7d28e17f7g",
                "crc32=352441c2",
                "true"
            })
    void whatIsNoHashIsNone(String text) {
        assertEquals(Optional.empty(), FileHash.parse(text));
    }

    @Test
    void sha256IsTakenBeforeOthersAndMd5Last() {
        FileHash md5 = new FileHash(FileHash.Algorithm.MD5, "0".repeat(32));
        FileHash sha512 = new FileHash(FileHash.Algorithm.SHA512, "0".repeat(128));
        FileHash sha256 = new FileHash(FileHash.Algorithm.SHA256, "f".repeat(64));

        assertEquals(Optional.of(sha256), Stream.of(md5, sha512, sha256).min(Comparator.naturalOrder()));
        assertEquals(Optional.of(sha512), Stream.of(md5, sha512).min(Comparator.naturalOrder()));
    }
}
