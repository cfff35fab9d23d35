package dev.datapipeline.environment.index.upstream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import dev.datapipeline.digest.FileHash;
import dev.datapipeline.environment.index.page.IndexFile;
import dev.datapipeline.environment.index.upstream.IndexSample.Source;
import dev.datapipeline.environment.wheel.SampleWheel;
import dev.datapipeline.environment.wheel.file.StoredWheel;
import dev.datapipeline.environment.wheel.store.TestWheels;
import dev.datapipeline.secret.SecretSample;
import dev.datapipeline.upstream.NetworkSample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages and downloads as the servers of private packages answer. All of them have HTML only. */
class PrivateIndexTest extends RemoteIndexFixture {
    private static final String HTML = "text/html; charset=utf-8";
    private static final String USER = "reader";

    private final SampleWheel wheel = SampleWheel.of("acme_tools", "1.0");

    @TempDir
    Path folder;

    private Source source(String path) {
        return Source.at("http://" + stub.host() + path)
                .withPassword(USER, SECRET)
                .withPackages("acme-*");
    }

    private IndexFile only(Source source) throws Exception {
        List<IndexFile> files = index(source).files("acme-tools").orElseThrow();
        assertEquals(1, files.size());
        return files.getFirst();
    }

    private static void redirect(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().set("Location", location);
        exchange.sendResponseHeaders(302, -1);
    }

    private void assertFetched(Source source) throws Exception {
        IndexSample settings = IndexSample.none().with("corp", source);
        RemoteIndexes indexes =
                new RemoteIndexes(settings, NetworkSample.direct(), SecretSample.none(), client, stub::url);
        try (StoredWheel stored =
                TestWheels.store(folder, new RemoteWheels(indexes)).require(wheel.wanted("corp"))) {
            assertArrayEquals(wheel.bytes(), Files.readAllBytes(stored.path()));
        }
    }

    @Test
    void nexusHasRelativeLinksAndOldMetadataOfThePage() throws Exception {
        Source source = source("/repository/pypi-all/simple/");
        String path = "/repository/pypi-all/packages/acme-tools/1.0/" + wheel.filename();
        stub.on("/repository/pypi-all/simple/acme-tools/", 200, "text/html", """
                <!DOCTYPE html>
                <html lang="en">
                <head><title>Links for acme-tools</title>
                  <meta name="api-version" value="2"/>
                </head>
                <body><h1>Links for acme-tools</h1>
                    <a href="../../packages/acme-tools/1.0/%s#sha256=%s" rel="internal" data-requires-python="&gt;=3.8,!=3.9.0" >%s</a><br/>
                </body>
                </html>
                """.formatted(
                                wheel.filename(), wheel.sha256(), wheel.filename()))
                .on(path, 200, "application/x-wheel+zip", wheel.bytes());

        IndexFile file = only(source);

        assertEquals("http://" + stub.host() + path, file.publicUrl());
        assertEquals(">=3.8,!=3.9.0", file.requiresPython());
        assertEquals(wheel.sha256(), file.sha256().orElseThrow());
        assertFetched(source);
    }

    @Test
    void artifactorySendsFilesToAStorageHost() throws Exception {
        Source source = source("/artifactory/api/pypi/python/simple/");
        String path = "/artifactory/api/pypi/python/acme-tools/1.0/" + wheel.filename();
        try (StubIndex storage = new StubIndex()) {
            stub.on("/artifactory/api/pypi/python/simple/acme-tools/", 200, HTML, """
                    <!DOCTYPE html>
                    <html><head><title>Simple index</title><meta name="api-version" value="2" /></head><body>
                    <a data-requires-python="&gt;=3.8" href="../../acme-tools/1.0/%s#sha256=%s" rel="internal">%s</a><br/>
                    </body></html>
                    """.formatted(
                                    wheel.filename(), wheel.sha256(), wheel.filename()))
                    .on(
                            path,
                            exchange -> redirect(
                                    exchange,
                                    "http://" + storage.host() + "/bucket/ab/abc?X-Amz-Signature=12%2F3&x=y"));
            storage.on("/bucket/ab/abc?X-Amz-Signature=12%2F3&x=y", 200, "binary/octet-stream", wheel.bytes());

            assertFetched(source);

            assertTrue(stub.requests().stream()
                    .allMatch(request -> request.authorization().isPresent()));
            assertEquals(Optional.empty(), storage.requests().getFirst().authorization());
        }
    }

    @Test
    void devpiHasLinksAboveItsRootAndSendsToTheOneSpelling() throws Exception {
        Source source = source("/root/pypi/+simple");
        String digest = wheel.sha256();
        String path =
                "/root/pypi/+f/" + digest.substring(0, 3) + "/" + digest.substring(3, 16) + "/" + wheel.filename();
        stub.on("/root/pypi/+simple/acme-tools/", exchange -> redirect(exchange, "/root/pypi/+simple/acme-tools"))
                .on("/root/pypi/+simple/acme-tools", 200, HTML, """
                        <!DOCTYPE html><html><head><title>root/pypi: links for acme-tools</title></head><body><h1>root/pypi: links for acme-tools</h1>
                        <form action="/root/pypi/acme-tools/refresh" method="post"><input name="refresh" type="submit" value="Refresh"/></form>
                        root/pypi <a href="../+f/%s/%s/%s#sha256=%s" data-requires-python="&gt;=3.6">%s</a><br/>
                        </body></html>
                        """.formatted(
                        digest.substring(0, 3), digest.substring(3, 16), wheel.filename(), digest, wheel.filename()))
                .on(path, 200, "application/octet-stream", wheel.bytes());

        assertEquals("http://" + stub.host() + path, only(source).publicUrl());
        assertFetched(source);
    }

    @Test
    void gitlabHasWholeAddressesAndEmptyConditions() throws Exception {
        Source source = source("/api/v4/groups/7/-/packages/pypi/simple/");
        String path = "/api/v4/projects/3/packages/pypi/files/" + wheel.sha256() + "/" + wheel.filename();
        stub.on("/api/v4/groups/7/-/packages/pypi/simple/acme-tools/", 200, "text/html", """
                <!DOCTYPE html>
                <html>
                  <head>
                    <title>Links for acme-tools</title>
                  </head>
                  <body>
                    <h1>Links for acme-tools</h1>
                    <a href="http://%s%s#sha256=%s" data-requires-python="">%s</a><br>
                  </body>
                </html>
                """.formatted(
                                stub.host(), path, wheel.sha256(), wheel.filename()))
                .on(path, 200, "application/octet-stream", wheel.bytes());

        assertNull(only(source).requiresPython());
        assertFetched(source);
    }

    @Test
    void indexThatForwardsToAPublicOneDoesNotHaveThePackage() throws Exception {
        Source source = source("/api/v4/groups/7/-/packages/pypi/simple/");
        try (StubIndex publicIndex = new StubIndex()) {
            publicIndex.project("acme-tools", wheel);
            stub.on(
                    "/api/v4/groups/7/-/packages/pypi/simple/acme-tools/",
                    exchange -> redirect(exchange, "http://localhost:" + publicIndex.port() + "/simple/acme-tools/"));

            assertEquals(Optional.empty(), index(source).files("acme-tools"));
            assertEquals(List.of(), publicIndex.requests());
        }
    }

    @Test
    void pypiserverHasLinksFromTheRootWithMd5() throws Exception {
        Source source = source("/simple/");
        stub.on("/simple/acme-tools/", 200, HTML, """
                <!DOCTYPE html>
                <html><head><title>Links for acme-tools</title></head><body><h1>Links for acme-tools</h1>
                <a href="/packages/%s#md5=0cc175b9c0f1b6a831c399e269772661">%s</a><br>
                </body></html>
                """.formatted(wheel.filename(), wheel.filename()));

        IndexFile file = only(source);

        assertEquals("http://" + stub.host() + "/packages/" + wheel.filename(), file.publicUrl());
        assertEquals(Optional.empty(), file.sha256());
        assertEquals(new FileHash(FileHash.Algorithm.MD5, "0cc175b9c0f1b6a831c399e269772661"), file.hash());
    }

    @Test
    void folderOfAWebServerHasNoHashes() throws Exception {
        stub.on("/wheels/acme-tools/", 200, "text/html;charset=ISO-8859-1", """
                <!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN"><html><head><title>Index of /wheels/acme-tools</title></head><body>
                <table><tr><th><a href="?C=N;O=D">Name</a></th></tr><tr><td><a href="/wheels/">Parent Directory</a></td></tr>
                <tr><td><a href="acme_tools-1.0%2Blocal-py3-none-any.whl">acme_tools-1.0..&gt;</a></td></tr></table></body></html>
                """);

        assertEquals(
                "acme_tools-1.0+local-py3-none-any.whl",
                only(source("/wheels/")).filename());
        assertNull(only(source("/wheels/")).hash());
    }

    @Test
    void packedPageInHtmlIsRead() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(("<a href='" + wheel.filename() + "#sha256=" + wheel.sha256() + "'>x</a>")
                    .getBytes(StandardCharsets.UTF_8));
        }
        stub.on("/simple/acme-tools/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, packed.size());
            exchange.getResponseBody().write(packed.toByteArray());
        });

        assertEquals(wheel.sha256(), only(source("/simple/")).sha256().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/simple/acme_tools/", "/simple/Acme.Tools/", "/simple/acme-tools"})
    void otherSpellingOfThePageIsFollowed(String path) throws Exception {
        stub.on("/simple/acme-tools/", exchange -> redirect(exchange, path))
                .on(path, 200, HTML, "<a href='/files/" + wheel.filename() + "#sha256=" + wheel.sha256() + "'>x</a>");

        assertEquals(wheel.filename(), only(source("/simple/")).filename());
    }

    @Test
    void signInPageInPlaceOfAListIsNoMissingPackage() {
        stub.on("/simple/a/", exchange -> redirect(exchange, "/users/sign_in"))
                .on("/users/sign_in", 200, HTML, "<html><title>Sign in</title><a href='/help'>Help</a></html>");

        assertUnreachable("none of a package index");
    }
}
