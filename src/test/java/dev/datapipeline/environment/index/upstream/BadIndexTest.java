package dev.datapipeline.environment.index.upstream;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.environment.index.upstream.IndexSample.Source;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Indexes that do not do their part. */
class BadIndexTest extends RemoteIndexFixture {
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
