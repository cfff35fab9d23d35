package dev.datapipeline.environment.index.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlPageTest {
    @Test
    void metadataThatComesUnencryptedIsTakenOfAnEncryptedIndexOnlyWithItsHash() throws Exception {
        String page = """
                <a href="http://x.example.com/a-1.0-py3-none-any.whl" data-core-metadata="true">a</a>
                <a href="a-2.0-py3-none-any.whl" data-core-metadata="true">a</a>
                <a href="http://x.example.com/a-3.0-py3-none-any.whl" data-core-metadata="sha256=%s">a</a>
                """.formatted("0".repeat(64));

        List<IndexFile> files = HtmlPage.read(
                new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)),
                URI.create("https://x.example.com/simple/a/"));

        assertEquals(
                List.of(false, true, true),
                files.stream().map(file -> file.metadata() != null).toList());
    }
}
