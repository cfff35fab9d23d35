package dev.datapipeline.environment.index.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.digest.FileHash;
import dev.datapipeline.environment.index.page.IndexFile;
import dev.datapipeline.environment.index.page.IndexFile.SeparateMetadata;
import dev.datapipeline.environment.index.upstream.IndexSample.Source;
import dev.datapipeline.environment.wheel.SampleWheel;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Pages of indexes as they should be. */
class RemoteIndexTest extends RemoteIndexFixture {
    @Test
    void jsonPageSaysAllOfAFile() throws Exception {
        SampleWheel wheel = SampleWheel.of("a", "1.0");
        stub.page(
                "a",
                List.of(
                        StubIndex.entry(
                                wheel,
                                ", \"upload-time\": \"2026-01-02T03:04:05.678901Z\", \"requires-python\": \">=3.8\","
                                        + " \"yanked\": \"broken\", \"core-metadata\": {\"sha256\": \"00\", \"md5\": \"0cc175b9c0f1b6a831c399e269772661\"}, \"new\": [{}, 1]")));

        IndexFile file = files().getFirst();

        assertEquals(wheel.filename(), file.filename());
        assertEquals(URI.create("http://" + stub.host() + "/files/" + wheel.filename()), file.url());
        assertEquals(wheel.sha256(), file.sha256().orElseThrow());
        assertEquals(wheel.bytes().length, file.size());
        assertEquals(Instant.parse("2026-01-02T03:04:05.678901Z"), file.uploaded());
        assertEquals(">=3.8", file.requiresPython());
        assertEquals("broken", file.yanked());
        assertEquals(
                new SeparateMetadata(new FileHash(FileHash.Algorithm.MD5, "0cc175b9c0f1b6a831c399e269772661")),
                file.metadata());
    }

    @Test
    void htmlPageSaysTheSameButTheTime() throws Exception {
        String hash = "A".repeat(64);
        stub.on("/simple/a/", 200, "text/html; charset=utf-8", """
                <!DOCTYPE html><HTML><head><base href="/base/">
                <script>var x = "<a href='evil-1.0-py3-none-any.whl'>";</script>
                <!-- <a href="hidden-1.0-py3-none-any.whl"> --></head><body>
                <a  data-requires-python="&gt;=3.8,&lt;4"   href='a-1.0-py3-none-any.whl#md5=1&amp;sha256=%s' >a</a>
                <A HREF = "a-2.0-py3-none-any.whl" data-yanked rel="x>y" data-core-metadata=true>a</A>
                <a href="../a-3.0.tar.gz?x=1&amp;y=2#egg=a" data-dist-info-metadata="false"/>
                <a href="mailto:x@example.com">mail</a><a>nothing</a><a href="notes.txt">notes</a>
                <a href="http://user:password@127.0.0.1/a-9-py3-none-any.whl">x</a>
                """.formatted(hash));

        List<IndexFile> files = files();

        assertEquals(
                List.of("a-1.0-py3-none-any.whl", "a-2.0-py3-none-any.whl", "a-3.0.tar.gz"),
                files.stream().map(IndexFile::filename).toList());
        assertEquals(
                "http://" + stub.host() + "/base/a-1.0-py3-none-any.whl",
                files.get(0).publicUrl());
        assertEquals(hash.toLowerCase(Locale.ROOT), files.get(0).sha256().orElseThrow());
        assertEquals(">=3.8,<4", files.get(0).requiresPython());
        assertEquals("", files.get(1).yanked());
        assertEquals(new SeparateMetadata(null), files.get(1).metadata());
        assertEquals(Optional.empty(), files.get(1).sha256());
        assertEquals("x=1&y=2", files.get(2).url().getRawQuery());
        assertEquals("http://" + stub.host() + "/a-3.0.tar.gz", files.get(2).publicUrl());
        assertNull(files.get(2).metadata());
        assertEquals(null, files.get(0).uploaded());
    }

    @Test
    void packedPageIsRead() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("{\"meta\": {\"api-version\": \"1.0\"}, \"files\": []}".getBytes(StandardCharsets.UTF_8));
        }
        stub.on("/simple/a/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", StubIndex.JSON);
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, packed.size());
            exchange.getResponseBody().write(packed.toByteArray());
        });

        assertEquals(List.of(), files());
    }

    @Test
    void missingProjectIsNoFailure() throws Exception {
        assertEquals(Optional.empty(), index().files("a"));
    }

    @Test
    void foundPageIsKeptForAWhileAndMissingOneIsNot() throws Exception {
        RemoteIndex index = index();
        assertTrue(index.files("a").isEmpty());
        stub.project("a", SampleWheel.of("a", "1.0"));

        assertTrue(index.files("a").isPresent());
        assertTrue(index.files("a").isPresent());

        assertEquals(2, stub.requests("/simple/a/"));
    }

    @Test
    void passwordGoesToItsOwnOriginOnly() throws Exception {
        try (StubIndex other = new StubIndex()) {
            SampleWheel wheel = SampleWheel.of("a", "1.0");
            other.project("a", wheel);
            stub.on("/simple/a/", exchange -> {
                exchange.getResponseHeaders().set("Location", "/moved/");
                exchange.sendResponseHeaders(301, -1);
            });
            stub.on("/moved/", exchange -> {
                exchange.getResponseHeaders().set("Location", "http://" + other.host() + "/simple/a/");
                exchange.sendResponseHeaders(302, -1);
            });

            List<IndexFile> files = index(Source.at(stub.url()).withPassword("me", SECRET))
                    .files("a")
                    .orElseThrow();

            String own = "Basic bWU6cGFzcy13b3JkLTEyMzQ=";
            assertEquals(
                    List.of(Optional.of(own), Optional.of(own)),
                    stub.requests().stream()
                            .map(StubIndex.Request::authorization)
                            .toList());
            assertEquals(Optional.empty(), other.requests().getFirst().authorization());
            assertEquals(
                    "http://" + other.host() + "/files/" + wheel.filename(),
                    files.getFirst().publicUrl());
        }
    }
}
