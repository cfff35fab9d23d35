package dev.datapipeline.environment.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.environment.index.upstream.IndexSample;
import dev.datapipeline.environment.index.upstream.IndexSample.Source;
import dev.datapipeline.environment.index.upstream.StubIndex;
import dev.datapipeline.environment.requirement.DeclaredPackages;
import dev.datapipeline.environment.wheel.SampleWheel;
import dev.datapipeline.outbound.SandboxClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Indexes that send more slowly than pip waits. */
class SlowIndexTest extends ServedIndexFixture {
    /** More than there are threads of one index. */
    private static final int MANY = 12;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch maySend = new CountDownLatch(1);
    private final SampleWheel slow = SampleWheel.of("slow", "1.0");

    @AfterEach
    void send() {
        maySend.countDown();
    }

    @Test
    void slowIndexKeepsNobodyWaitingForAnother() throws Exception {
        SampleWheel quick = SampleWheel.of("my_pkg", "1.0");
        open(IndexSample.none().with("corp", Source.at(corp.url()).withPackages("my-*")));
        corp.page("my-pkg", List.of(StubIndex.entry(quick, ""))).file(quick);
        List<SampleWheel> wheels = new ArrayList<>();
        for (int number = 0; number < MANY; number++) {
            wheels.add(SampleWheel.of("slow", "1." + number));
        }
        pip.project("slow", wheels.toArray(SampleWheel[]::new));
        wheels.forEach(this::delay);
        for (SampleWheel wheel : wheels) {
            keep(askFor(path(wheel)));
        }

        assertArrayEquals(quick.bytes(), get(path(quick)).body());
        assertTrue(page("slow").contains(slow.filename().replace("1.0", "1.11")));
    }

    @Test
    void whatPipDoesNotWaitForIsFetchedAllTheSame() throws Exception {
        pip.project("slow", slow);
        delay(slow);
        try (SandboxClient gone = askFor(path(slow))) {
            asked.await();
        }
        session.close();
        IndexFindings findings = session.findings();

        assertTrue(findings.unreachable().orElseThrow().text().contains(slow.filename() + " when pip stopped waiting"));
        open(IndexSample.none(), DeclaredPackages.NONE);
        maySend.countDown();
        assertArrayEquals(slow.bytes(), get(path(slow)).body());
        assertEquals(Optional.empty(), session.findings().unreachable());
    }

    @Test
    void askersOfOneWheelWaitForOneDownload() throws Exception {
        pip.project("slow", slow);
        delay(slow);
        List<SandboxClient> askers = new ArrayList<>();
        for (int number = 0; number < MANY; number++) {
            askers.add(keep(askFor(path(slow))));
        }
        asked.await();
        assertTrue(page("slow").contains(slow.filename()));
        maySend.countDown();

        for (SandboxClient asker : askers) {
            assertArrayEquals(slow.bytes(), asker.answer().body());
        }
        assertEquals(1, pip.requests("/files/" + slow.filename()));
    }

    private SandboxClient askFor(String target) throws IOException {
        Path socket = socket();
        return SandboxClient.connect(socket).head("GET " + target + " HTTP/1.1", "Host: x");
    }

    private void delay(SampleWheel wheel) {
        pip.on("/files/" + wheel.filename(), exchange -> {
            asked.countDown();
            try {
                maySend.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            exchange.sendResponseHeaders(200, wheel.bytes().length);
            exchange.getResponseBody().write(wheel.bytes());
        });
    }
}
