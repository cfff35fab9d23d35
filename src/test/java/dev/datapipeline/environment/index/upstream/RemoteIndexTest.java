package dev.datapipeline.environment.index.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.environment.index.upstream.IndexSample.Source;
import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.environment.wheel.SampleWheel;
import dev.datapipeline.time.Ticker;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of indexes, good ones and others. */
@Timeout(60)
class RemoteIndexTest {
    private static final String SECRET = "pass-word-1234";
    private static Vertx vertx;
    private static IndexClient client;

    private final StubIndex stub = start();

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
        client = new IndexClient(vertx, Ticker.system());
    }

    @AfterAll
    static void closeAll() {
        client.close();
        vertx.close();
    }

    @AfterEach
    void close() {
        stub.close();
    }

    private static StubIndex start() {
        try {
            return new StubIndex();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static RemoteIndex index(Source source) {
        return new RemoteIndexes(IndexSample.none().with("corp", source), client)
                .find("corp")
                .orElseThrow();
    }

    private RemoteIndex index() {
        return index(Source.at(stub.url()));
    }

    private List<IndexFile> files() throws Exception {
        return index().files("a").orElseThrow();
    }

    private IndexUnreachableException failure(RemoteIndex index) {
        IndexUnreachableException failure = assertThrows(IndexUnreachableException.class, () -> index.files("a"));
        assertEquals("corp", failure.index());
        assertFalse(failure.text().contains(SECRET), failure.text());
        assertFalse(failure.text().contains("/simple"), failure.text());
        return failure;
    }

    private void assertUnreachable(String reason) {
        String text = failure(index()).text();
        assertTrue(text.startsWith("The package index \"corp\" (127.0.0.1) cannot be used: "), text);
        assertTrue(text.contains(reason), text);
    }

    @Test
    void jsonPageSaysAllOfAFile() throws Exception {
        SampleWheel wheel = SampleWheel.of("a", "1.0");
        stub.page(
                "a",
                List.of(
                        StubIndex.entry(
                                wheel,
                                ", \"upload-time\": \"2026-01-02T03:04:05.678901Z\", \"requires-python\": \">=3.8\","
                                        + " \"yanked\": \"broken\", \"core-metadata\": {\"sha256\": \"00\"}, \"new\": [{}, 1]")));

        IndexFile file = files().getFirst();

        assertEquals(wheel.filename(), file.filename());
        assertEquals(URI.create("http://" + stub.host() + "/files/" + wheel.filename()), file.url());
        assertEquals(wheel.sha256(), file.sha256());
        assertEquals(wheel.bytes().length, file.size());
        assertEquals(Instant.parse("2026-01-02T03:04:05.678901Z"), file.uploaded());
        assertEquals(">=3.8", file.requiresPython());
        assertEquals("broken", file.yanked());
        assertTrue(file.hasMetadata());
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
        assertEquals(hash.toLowerCase(Locale.ROOT), files.get(0).sha256());
        assertEquals(">=3.8,<4", files.get(0).requiresPython());
        assertEquals("", files.get(1).yanked());
        assertTrue(files.get(1).hasMetadata());
        assertEquals("x=1&y=2", files.get(2).url().getRawQuery());
        assertEquals("http://" + stub.host() + "/a-3.0.tar.gz", files.get(2).publicUrl());
        assertFalse(files.get(2).hasMetadata());
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

    @ParameterizedTest
    @CsvSource({
        "401, wants a username and password",
        "403, wants a username and password",
        "500, answers with status 500",
        "503, answers with status 503",
        "429, answers with status 429",
        "204, answers with status 204",
    })
    void errorOfTheIndexIsNoMissingProject(int status, String reason) {
        stub.on("/simple/a/", status, "text/html", status == 204 ? "" : "<a href='a-1.0-py3-none-any.whl'>x</a>");

        assertUnreachable(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><title>Sign in</title><form><input name='password'></form></html>",
                "<html><h1>502 Bad Gateway</h1><a href='/help'>help</a></html>",
                "",
                "<a href='x",
                "<",
            })
    void otherPageThanOneOfAnIndexIsAFailure(String page) {
        stub.on("/simple/a/", 200, "text/html", page.isEmpty() ? " " : page);

        assertUnreachable("none of a package index");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ | not valid JSON",
                "[] | no JSON object",
                "{} | no list of files",
                "{\"files\": {}} | no list of files",
                "{\"files\": [1]} | something else in it",
                "{\"meta\": {\"api-version\": \"2.0\"}, \"files\": []} | another version",
                "{\"files\": [{\"filename\": \"a | not valid JSON",
            })
    void wrongJsonIsAFailure(String page, String reason) {
        stub.on("/simple/a/", 200, StubIndex.JSON, page);

        assertUnreachable(reason);
    }

    @Test
    void otherTypeOfContentIsAFailure() {
        stub.on("/simple/a/", 200, "application/pdf", "%PDF");

        assertUnreachable("none of a package index");
    }

    @Test
    void endlessPageIsAFailure() {
        byte[] blanks = " ".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);
        stub.on("/simple/a/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write(blanks);
            }
        });

        assertUnreachable("larger than 64 MB");
    }

    @Test
    void brokenOffPageIsAFailure() {
        stub.on("/simple/a/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write("<a href='a-1.0-py3-none-any.whl'>".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            throw new IOException("cut");
        });

        assertUnreachable("broke its answer off");
    }

    @Test
    void indexThatIsAwayIsAFailure() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }

        String text = failure(index(Source.at("http://127.0.0.1:" + free + "/simple/")))
                .text();

        assertTrue(text.contains("there is no connection to it"), text);
        assertFalse(text.contains(String.valueOf(free)), text);
        assertTrue(failure(index(Source.at("http://does-not-exist.invalid/")))
                .text()
                .contains("host name is not known"));
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

    @Test
    void refusedPasswordIsSaidSo() {
        stub.on("/simple/a/", 401, "text/plain", "no");

        String text =
                failure(index(Source.at(stub.url()).withPassword("me", SECRET))).text();

        assertTrue(text.contains("does not accept the username and password"), text);
    }

    @ParameterizedTest
    @CsvSource({
        "/simple/a/, one address to the next",
        "http://169.254.169.254/latest/, no index may be",
        "http://metadata.google.internal/, no index may be",
        "http://[fd00:ec2::254]/, no index may be",
        "file:///etc/passwd, not followed",
        "ftp://127.0.0.1/, not followed",
        "http://user:pw@127.0.0.1/, not followed",
        "http://%zz/, is none",
    })
    void redirectToNowhereIsNotFollowed(String location, String reason) {
        stub.on("/simple/a/", exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            exchange.sendResponseHeaders(302, -1);
        });

        assertUnreachable(reason);
    }
}
