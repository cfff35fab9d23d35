package dev.datapipeline.environment.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.environment.index.upstream.IndexSample;
import dev.datapipeline.environment.index.upstream.IndexSample.Source;
import dev.datapipeline.environment.index.upstream.StubIndex;
import dev.datapipeline.environment.wheel.SampleWheel;
import dev.datapipeline.outbound.SandboxClient;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What several indexes, of which one may be hostile, can do to each other. */
class IndexConfusionTest extends ServedIndexFixture {
    private final SampleWheel one = SampleWheel.of("my_pkg", "1.0", "other>=2");

    @Test
    void metadataOfOneIndexIsNotServedForTheSameHashOfAnother() throws Exception {
        IndexSample settings =
                IndexSample.none().with("corp", Source.at(corp.url()).withPackages("my-*"));
        String lists = ", \"upload-time\": \"2020-01-01T00:00:00Z\", \"core-metadata\": true";
        String evil = "evil-1.0-py3-none-any.whl";
        pip.page("evil", List.of(StubIndex.entry(one, lists).replace(one.filename(), evil)))
                .on("/files/" + evil + ".metadata", 200, "text/plain", "Name: evil\nRequires-Dist: worse\n");
        corp.page("my-pkg", List.of(StubIndex.entry(one, ""))).file(one);
        open(settings);

        String poisoned =
                get("/files/" + one.sha256() + "/" + evil + ".metadata").text();
        String metadata = get(path(one) + ".metadata").text();

        assertTrue(poisoned.contains("worse"), poisoned);
        assertTrue(metadata.contains("Requires-Dist: other>=2"), metadata);
    }

    @Test
    void wheelIsJudgedByTheNameUnderWhichItsIndexListsIt() throws Exception {
        pip.project("my-pkg", one);
        get(path(one));
        String evil = "evil-1.0-py3-none-any.whl";
        pip.page(
                "evil",
                List.of(StubIndex.entry(one, ", \"upload-time\": \"2020-01-01T00:00:00Z\"")
                        .replace(one.filename(), evil)));

        SandboxClient.Answer answer = get("/files/" + one.sha256() + "/" + evil + ".metadata");

        assertEquals(409, answer.status());
        assertTrue(answer.text().contains("metadata of another package"), answer.text());
    }

    @Test
    void fileNameThatAnIndexListsTwiceIsOneFile() throws Exception {
        SampleWheel same = SampleWheel.of("my_pkg", "1.0", "worse");
        String old = ", \"upload-time\": \"2020-01-01T00:00:00Z\"";
        pip.page("my-pkg", List.of(StubIndex.entry(one, old), StubIndex.entry(same, old)));

        String page = page("my-pkg");

        assertTrue(page.contains(one.sha256()), page);
        assertFalse(page.contains(same.sha256()), page);
    }

    @Test
    void firstIndexThatHasTheNameIsTheOnlyOne() throws Exception {
        SampleWheel better = SampleWheel.of("my_pkg", "2.0");
        try (StubIndex second = new StubIndex()) {
            open(IndexSample.none()
                    .with("second", Source.at(second.url()).withOrder(2))
                    .with("first", Source.at(corp.url()).withOrder(1)));
            corp.project("my-pkg", one);
            second.project("my-pkg", better).project("only", SampleWheel.of("only", "1.0"));

            String page = page("my-pkg");

            assertTrue(page.contains(one.filename()), page);
            assertFalse(page.contains(better.filename()), page);
            assertTrue(page("only").contains("only-1.0"));
            assertEquals(0, second.requests("/simple/my-pkg/"));
            assertEquals(List.of(), pip.requests());
            assertEquals(
                    "first",
                    session.findings().wheel(one.filename()).orElseThrow().index());
        }
    }

    @Test
    void patternPinsANameToItsIndex() throws Exception {
        open(IndexSample.none().with("corp", Source.at(corp.url()).withPackages("acme-*")));
        SampleWheel acme = SampleWheel.of("acme_tools", "1.0");
        pip.project("acme-tools", SampleWheel.of("acme_tools", "99.0")).project("my-pkg", one);
        corp.project("my-pkg", SampleWheel.of("my_pkg", "99.0"));

        assertEquals(404, get("/simple/acme-tools/").status());
        assertTrue(page("my-pkg").contains(one.filename()));
        assertEquals(0, pip.requests("/simple/acme-tools/"));
        assertEquals(0, corp.requests("/simple/my-pkg/"));

        open(IndexSample.none().with("corp", Source.at(corp.url()).withPackages("acme-*")));
        corp.page("acme-tools", List.of(StubIndex.entry(acme, ""))).file(acme);
        assertTrue(page("acme-tools").contains(acme.filename()));
        assertArrayEquals(acme.bytes(), get(path(acme)).body());
    }

    @Test
    void indexThatFailsIsNotReplacedByTheNext() throws Exception {
        try (StubIndex second = new StubIndex()) {
            open(IndexSample.none()
                    .with("first", Source.at(corp.url()).withOrder(1))
                    .with("second", Source.at(second.url()).withOrder(2)));
            corp.on("/simple/my-pkg/", 401, "text/plain", "no");
            second.project("my-pkg", one);

            SandboxClient.Answer answer = get("/simple/my-pkg/");

            assertEquals(424, answer.status());
            assertEquals(List.of(), second.requests());
            assertEquals("first", session.findings().unreachable().orElseThrow().index());
        }
    }

    @Test
    void addressOfAPrivateIndexStaysInTheService() throws Exception {
        open(IndexSample.none().with("corp", Source.at(corp.url()).withPackages("my-*")));
        corp.page("my-pkg", List.of(StubIndex.entry(one, ""))).file(one);
        page("my-pkg");

        assertEquals(
                null, session.findings().wheel(one.filename()).orElseThrow().url());
    }
}
