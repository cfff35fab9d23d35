package dev.datapipeline.results.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.datapipeline.http.download.Client;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class ResultPackingTest {
    @Test
    void archiveHasTheDocumentUnderItsName() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();

        ResultPacking.zip("a-final.csv", (target, client) -> target.write("a\r\n1\r\n".getBytes(UTF_8)))
                .write(packed, Client.NONE);

        try (ZipInputStream archive = new ZipInputStream(new ByteArrayInputStream(packed.toByteArray()))) {
            ZipEntry entry = archive.getNextEntry();
            assertNotNull(entry);
            assertEquals("a-final.csv", entry.getName());
            assertEquals("a\r\n1\r\n", new String(archive.readAllBytes(), UTF_8));
            assertNull(archive.getNextEntry());
        }
    }
}
