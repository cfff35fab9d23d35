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
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What pip in the builder is served. */
class ServedIndexTest extends ServedIndexFixture {
    private final SampleWheel one = SampleWheel.of("my_pkg", "1.0", "other>=2");

    @Test
    void pageListsWheelsWithAllThatPipNeeds() throws Exception {
        pip.page(
                        "my-pkg",
                        List.of(StubIndex.entry(
                                one,
                                ", \"upload-time\": \"2020-01-01T00:00:00Z\", \"requires-python\": \">=3.8,<4\","
                                        + " \"yanked\": \"say \\\"no\\\" <now>\"")))
                .file(one);

        SandboxClient.Answer answer = get("/simple/my-pkg/");

        assertEquals(200, answer.status());
        assertEquals("text/html; charset=utf-8", answer.headers().get("content-type"));
        assertTrue(
                answer.text()
                        .contains("<a href=\"" + path(one) + "#sha256=" + one.sha256()
                                + "\" data-requires-python=\"&gt;=3.8,&lt;4\""
                                + " data-yanked=\"say &quot;no&quot; &lt;now&gt;\" data-core-metadata=\"true\""
                                + " data-dist-info-metadata=\"true\">" + one.filename() + "</a>"),
                answer.text());
        assertEquals(answer.text(), get("/simple/My.Pkg").text());
        assertEquals(1, pip.requests("/simple/my-pkg/"));
    }

    @Test
    void onlyWheelsThatMayBeUsedAreListed() throws Exception {
        SampleWheel windows = SampleWheel.tagged("my_pkg", "1.1", "cp311-cp311-win_amd64");
        SampleWheel newer = SampleWheel.of("my_pkg", "1.2");
        SampleWheel undated = SampleWheel.of("my_pkg", "1.3");
        SampleWheel native11 = SampleWheel.tagged("my_pkg", "1.4", "cp311-cp311-manylinux_2_36_x86_64");
        SampleWheel other = SampleWheel.of("other", "1.5");
        String old = ", \"upload-time\": \"2026-11-23T11:59:59Z\"";
        pip.page(
                "my-pkg",
                List.of(
                        StubIndex.entry(one, old),
                        StubIndex.entry(windows, old),
                        StubIndex.entry(newer, ", \"upload-time\": \"2026-11-23T12:00:01Z\""),
                        StubIndex.entry(undated, ""),
                        StubIndex.entry(native11, old),
                        StubIndex.entry(other, old),
                        StubIndex.entry(SampleWheel.of("my_pkg", "1.6"), old).replace("sha256", "md5"),
                        StubIndex.entry(SampleWheel.of("my_pkg", "1.7"), old).replace("-py3-none-any.whl", ".tar.gz")));

        String page = page("my-pkg");

        assertTrue(page.contains(one.filename()), page);
        assertTrue(page.contains(native11.filename()), page);
        assertEquals(2, page.split("<a ", -1).length - 1, page);
    }

    @Test
    void wheelAndItsMetadataComeOutOfTheStore() throws Exception {
        pip.project("my-pkg", one);

        SandboxClient.Answer metadata = get(path(one) + ".metadata");
        SandboxClient.Answer wheel = get(path(one));
        SandboxClient.Answer again = get(path(one));

        assertTrue(metadata.text().contains("Requires-Dist: other>=2"), metadata.text());
        assertArrayEquals(one.bytes(), wheel.body());
        assertTrue(wheel.isWhole());
        assertArrayEquals(one.bytes(), again.body());
        assertEquals(1, pip.requests("/files/" + one.filename()));
        assertEquals(200, ask("HEAD", path(one)).status());
    }

    @Test
    void metadataThatTheIndexServesApartSparesTheWheel() throws Exception {
        pip.page(
                        "my-pkg",
                        List.of(StubIndex.entry(
                                one, ", \"upload-time\": \"2020-01-01T00:00:00Z\", \"core-metadata\": true")))
                .on("/files/" + one.filename() + ".metadata", 200, "text/plain", "Name: my_pkg\n");

        assertEquals("Name: my-pkg\n", get(path(one) + ".metadata").text());

        assertEquals(0, pip.requests("/files/" + one.filename()));
    }

    @Test
    void largeWheelIsSentWholeToASlowReader() throws Exception {
        byte[] bytes = new byte[20_000_000];
        new java.util.Random(1).nextBytes(bytes);
        SampleWheel large = new SampleWheel("my_pkg-1.0-py3-none-any.whl", bytes);
        pip.project("my-pkg", large);

        assertArrayEquals(bytes, get(path(large)).body());
    }

    @Test
    void builderThatGoesAwayFreesTheWheel() throws Exception {
        byte[] bytes = new byte[20_000_000];
        SampleWheel large = new SampleWheel("my_pkg-1.0-py3-none-any.whl", bytes);
        pip.project("my-pkg", large);
        try (SandboxClient client = SandboxClient.connect(socket())) {
            client.head("GET " + path(large) + " HTTP/1.1", "Host: x").receiveUntil("\r\n\r\n");
        }

        assertArrayEquals(bytes, get(path(large)).body());
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        pip.project("my-pkg", one);
        SampleWheel unlisted = SampleWheel.of("my_pkg", "9.9");

        for (String target : List.of(
                "/",
                "/simple/",
                "/simple/unknown/",
                "/simple/../etc/",
                "/simple/my-pkg/x",
                "/simple/my-pkg/?x=1",
                path(unlisted),
                "/files/" + unlisted.sha256() + "/" + one.filename(),
                "/files/" + one.sha256() + "/" + unlisted.filename(),
                "/files/" + one.sha256() + "/..%2f..%2fpasswd.whl",
                "/files/x/" + one.filename())) {
            assertEquals(404, get(target).status(), target);
        }
        assertEquals(405, ask("POST", "/simple/my-pkg/").status());
    }

    @Test
    void uploadedWheelsComeFirst() throws Exception {
        pip.project("my-pkg", SampleWheel.of("my_pkg", "2.0"));
        upload(one);

        assertTrue(page("my-pkg").contains(one.filename()));
        assertFalse(page("my-pkg").contains("2.0"));
        assertArrayEquals(one.bytes(), get(path(one)).body());
        assertTrue(get(path(one) + ".metadata").text().contains("other>=2"));
        assertEquals(List.of(), pip.requests());
        ServedWheel served = session.findings().wheel(one.filename()).orElseThrow();
        assertEquals("uploads", served.index());
        assertEquals(null, served.url());
    }

    @Test
    void wrongBytesOfTheIndexReachNobody() throws Exception {
        SampleWheel listed = SampleWheel.of("my_pkg", "1.0");
        pip.project("my-pkg", listed).on("/files/" + listed.filename(), 200, "x/y", new byte[listed.bytes().length]);

        SandboxClient.Answer answer = get(path(listed));

        assertEquals(409, answer.status());
        assertEquals(
                WheelRefusedException.Reason.HASH_MISMATCH,
                session.findings().refusedWheel().orElseThrow().reason());
        assertFalse(store.has(listed.sha256()));
    }

    @Test
    void storeThatCannotBeWrittenIsNoFaultOfThePackage() throws Exception {
        pip.project("my-pkg", one);
        page("my-pkg");
        Files.delete(folder.resolve("wheels/incoming"));

        SandboxClient.Answer answer = get(path(one));

        assertEquals(500, answer.status());
        assertTrue(
                session.findings().unreachable().orElseThrow().text().contains("cannot be read or stored"),
                answer.text());
    }

    @Test
    void servedWheelIsKnownForTheLock() throws Exception {
        pip.project("my-pkg", one);
        page("my-pkg");

        ServedWheel served = session.findings().wheel(one.filename()).orElseThrow();

        assertEquals(
                new ServedWheel(
                        one.filename(),
                        "default",
                        one.sha256(),
                        true,
                        one.bytes().length,
                        "http://" + pip.host() + "/files/" + one.filename(),
                        null),
                served);
    }

    @Test
    void sizeThatThePageDoesNotSayIsThatOfTheFetchedWheel() throws Exception {
        open(IndexSample.none().with("corp", Source.at(corp.url()).withPackages("my-*")));
        corp.on(
                        "/simple/my-pkg/",
                        200,
                        "text/html",
                        "<a href='/files/" + one.filename() + "#sha256=" + one.sha256() + "'>x</a>")
                .file(one);
        page("my-pkg");
        assertEquals(-1, session.findings().wheel(one.filename()).orElseThrow().size());

        get(path(one));

        assertEquals(
                one.bytes().length,
                session.findings().wheel(one.filename()).orElseThrow().size());
    }

    @Test
    void withoutADefaultIndexOnlyUploadsAreThere() throws Exception {
        open(IndexSample.none().withoutDefault());
        upload(one);

        assertEquals(200, get("/simple/my-pkg/").status());
        assertEquals(404, get("/simple/other/").status());
        assertEquals(List.of(), pip.requests());
    }
}
