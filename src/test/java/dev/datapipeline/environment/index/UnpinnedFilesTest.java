package dev.datapipeline.environment.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.environment.index.project.ServedWheel;
import dev.datapipeline.environment.index.upstream.IndexSample;
import dev.datapipeline.environment.index.upstream.IndexSample.Source;
import dev.datapipeline.environment.index.upstream.StubIndex;
import dev.datapipeline.environment.wheel.SampleWheel;
import dev.datapipeline.environment.wheel.WheelRefusedException;
import dev.datapipeline.outbound.SandboxClient;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Indexes that do not state the SHA-256 of their files. */
class UnpinnedFilesTest extends ServedIndexFixture {
    private static final Pattern LINK = Pattern.compile("<a href=\"([^\"]*)\"");

    private final SampleWheel one = SampleWheel.of("my_pkg", "1.0", "other>=2");

    private void openCorp() throws Exception {
        open(IndexSample.none().with("corp", Source.at(corp.url()).withPackages("my-*")));
    }

    /** Lists the wheel in HTML, with this behind its address. */
    private void list(String fragment) {
        corp.on("/simple/my-pkg/", 200, "text/html", "<a href='/files/" + one.filename() + fragment + "'>x</a>")
                .file(one);
    }

    private static String hex(String algorithm, byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    }

    /** The address that pip is given for the only file. */
    private String link() throws Exception {
        Matcher link = LINK.matcher(page("my-pkg"));
        assertTrue(link.find());
        return link.group(1);
    }

    private Optional<ServedWheel> served() {
        return session.findings().wheel(one.filename());
    }

    @Test
    void fileWithMd5IsKnownByTheSha256OfWhatCame() throws Exception {
        openCorp();
        list("#md5=" + hex("MD5", one.bytes()));

        String link = link();
        assertFalse(link.contains("#"), link);
        assertEquals(Optional.empty(), served());
        SandboxClient.Answer metadata = get(link + ".metadata");

        assertTrue(metadata.text().contains("Requires-Dist: other>=2"), metadata.text());
        assertEquals(
                new ServedWheel(one.filename(), "corp", one.sha256(), false, one.bytes().length, null, null),
                served().orElseThrow());
        assertArrayEquals(one.bytes(), get(link).body());
        assertEquals(1, corp.requests("/files/" + one.filename()));
    }

    @Test
    void fileWithoutAnyHashIsToo() throws Exception {
        openCorp();
        list("");

        assertArrayEquals(one.bytes(), get(link()).body());

        assertEquals(one.sha256(), served().orElseThrow().sha256());
    }

    @Test
    void bytesThatDoNotHaveTheMd5AreRefused() throws Exception {
        openCorp();
        list("#md5=" + "0".repeat(32));

        assertEquals(409, get(link()).status());

        WheelRefusedException refused = session.findings().refusedWheel().orElseThrow();
        assertEquals(WheelRefusedException.Reason.HASH_MISMATCH, refused.reason());
        assertTrue(refused.text().contains("MD5"), refused.text());
        assertEquals(Optional.empty(), served());
        assertFalse(store.has(one.sha256()));
    }

    @Test
    void strongestHashOfAPageInJsonCounts() throws Exception {
        openCorp();
        String hashes = "{\"md5\": \"" + hex("MD5", one.bytes()) + "\", \"sha512\": \"" + "0".repeat(128) + "\"}";
        corp.page("my-pkg", List.of(StubIndex.entry(one, "").replaceFirst("\\{\"sha256\": \"[0-9a-f]*\"}", hashes)))
                .file(one);

        assertEquals(409, get(link()).status());

        assertTrue(session.findings().refusedWheel().orElseThrow().text().contains("SHA-512"));
    }

    @Test
    void metadataThatLiesApartIsNotTakenSinceNothingTiesItToTheWheel() throws Exception {
        openCorp();
        corp.on(
                        "/simple/my-pkg/",
                        200,
                        "text/html",
                        "<a href='/files/" + one.filename() + "' data-core-metadata='true'>x</a>")
                .on("/files/" + one.filename() + ".metadata", 200, "text/plain", "Name: my_pkg\n")
                .file(one);

        assertTrue(get(link() + ".metadata").text().contains("Requires-Dist: other>=2"));
    }

    @Test
    void indexOfPipHasToStateTheSha256() throws Exception {
        pip.page(
                "my-pkg",
                List.of(StubIndex.entry(one, ", \"upload-time\": \"2020-01-01T00:00:00Z\"")
                        .replace("sha256", "md5")));

        assertFalse(page("my-pkg").contains("<a "));
    }

    @Test
    void settingsCanInsistOnIt() throws Exception {
        open(IndexSample.none()
                .with("corp", Source.at(corp.url()).withPackages("my-*").requiringSha256()));
        list("#md5=" + hex("MD5", one.bytes()));

        assertFalse(page("my-pkg").contains("<a "));
    }

    @Test
    void metadataThatDoesNotHaveItsHashIsRefused() throws Exception {
        String lists = ", \"upload-time\": \"2020-01-01T00:00:00Z\", \"core-metadata\": {\"sha256\": \"%s\"}";
        String metadata = "Name: my_pkg\n";
        pip.page("my-pkg", List.of(StubIndex.entry(one, lists.formatted("0".repeat(64)))))
                .on("/files/" + one.filename() + ".metadata", 200, "text/plain", metadata);

        assertEquals(409, get(path(one) + ".metadata").status());
        assertEquals(
                WheelRefusedException.Reason.HASH_MISMATCH,
                session.findings().refusedWheel().orElseThrow().reason());
    }
}
