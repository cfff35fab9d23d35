package dev.datapipeline.environment.index.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datapipeline.environment.index.upstream.IndexSample.Source;
import dev.datapipeline.environment.wheel.SampleWheel;
import dev.datapipeline.environment.wheel.WheelRefusedException;
import dev.datapipeline.environment.wheel.file.StoredWheel;
import dev.datapipeline.environment.wheel.store.TestWheels;
import dev.datapipeline.secret.SecretSample;
import dev.datapipeline.upstream.NetworkSample;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the wheels of a lock are fetched again after a restart. */
class RemoteWheelsTest extends RemoteIndexFixture {
    private final SampleWheel wheel = SampleWheel.of("a", "1.0");

    @TempDir
    Path folder;

    @Test
    void wheelOfTheDefaultIndexIsFoundByThePageOfThatIndex() throws Exception {
        stub.project("a", wheel);

        assertFetched("default", IndexSample.none());
        assertEquals(1, stub.requests("/simple/a/"));
    }

    @Test
    void defaultIndexThatTheSettingsDoNotAskIsNotAskedForOldLocksEither() {
        stub.project("a", wheel);

        assertGone("default", IndexSample.none().withoutDefault());
        assertEquals(List.of(), stub.requests());
    }

    @Test
    void wheelOfAnIndexWithAnotherNameIsFoundByItsHash() throws Exception {
        stub.project("a", wheel);

        assertFetched("former", IndexSample.none().with("corp", Source.at(stub.url())));
    }

    @Test
    void fileOfTheSameNameIsComparedWithTheLockWhereTheIndexStatesNoSha256() throws Exception {
        IndexSample settings = IndexSample.none().with("corp", Source.at(stub.url()));
        stub.on("/simple/a/", 200, "text/html", "<a href='/files/" + wheel.filename() + "'>x</a>")
                .on("/files/" + wheel.filename(), 200, "application/zip", new byte[wheel.bytes().length]);

        WheelRefusedException changed = assertThrows(WheelRefusedException.class, () -> fetch("corp", settings));

        assertEquals(WheelRefusedException.Reason.HASH_MISMATCH, changed.reason());
        assertGone("corp", IndexSample.none().with("corp", Source.at(stub.url()).requiringSha256()));
        stub.file(wheel);
        assertFetched("corp", settings);
    }

    @Test
    void wheelThatNoIndexListsIsGone() {
        assertGone("corp", IndexSample.none().with("corp", Source.at(stub.url())));
        assertGone("uploads", IndexSample.none());
        assertGone("former", IndexSample.none().withoutDefault());
    }

    private void assertFetched(String index, IndexSample settings) throws Exception {
        try (StoredWheel stored = fetch(index, settings)) {
            assertEquals(wheel.sha256(), stored.sha256());
        }
    }

    private void assertGone(String index, IndexSample settings) {
        WheelRefusedException gone = assertThrows(WheelRefusedException.class, () -> fetch(index, settings));

        assertEquals(WheelRefusedException.Reason.WHEEL_GONE, gone.reason());
    }

    private StoredWheel fetch(String index, IndexSample settings) throws Exception {
        RemoteWheels source = new RemoteWheels(
                new RemoteIndexes(settings, NetworkSample.direct(), SecretSample.none(), client, stub::url));
        return TestWheels.store(folder, source).require(wheel.wanted(index));
    }
}
