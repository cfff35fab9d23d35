package dev.datapipeline.environment.build.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.environment.build.PackagesRefusedException;
import dev.datapipeline.environment.build.resolve.PipResolver;
import dev.datapipeline.environment.install.WheelFile;
import dev.datapipeline.environment.lock.Lock;
import dev.datapipeline.environment.requirement.DeclaredPackages;
import dev.datapipeline.environment.requirement.PackageList;
import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.sandbox.docker.container.RealSandboxes;
import dev.datapipeline.sandbox.image.BaseImages;
import dev.datapipeline.time.Ticker;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From declared packages to a lock or a reason, with the pip of a real builder and an index of the test's own. */
@Timeout(180)
class PackageResolutionTest {
    private static RealSandboxes sandboxes;

    @TempDir
    private static Path data;

    @TempDir
    private Path wheels;

    private final KeptLog log = new KeptLog();
    private WheelIndex index;
    private PipResolver resolver;

    @BeforeAll
    static void open() throws Exception {
        sandboxes = new RealSandboxes(data, Map.of());
    }

    @AfterAll
    static void close() throws Exception {
        sandboxes.close();
    }

    @BeforeEach
    void makeIndex() {
        index = new WheelIndex(wheels);
        resolver = new PipResolver(sandboxes.builders(), index, new BuildSettings(), Ticker.system());
    }

    private Lock resolve(String... lines) throws Exception {
        DeclaredPackages declared = DeclaredPackages.read(PackageList.of(Arrays.asList(lines)), "/packages", List.of());
        return resolver.resolve(declared, log);
    }

    private PackagesRefusedException refusal(String... lines) {
        return assertThrows(PackagesRefusedException.class, () -> resolve(lines));
    }

    @Test
    void aConflictNamesTheLinesThatContradictEachOther() {
        index.with(WheelFile.of("left", "1.0", "shared<2").with("left.py", ""))
                .with(WheelFile.of("shared", "1.0").with("shared.py", ""))
                .with(WheelFile.of("shared", "2.0").with("shared.py", ""));

        PackagesRefusedException refused = refusal("left", "shared>=2");

        assertEquals("PACKAGES_CONFLICT", refused.code());
        assertTrue(refused.getMessage().contains("left 1.0 depends on shared<2"), refused.getMessage());
        assertTrue(refused.getMessage().contains("shared>=2 is declared (packages, line 2)"), refused.getMessage());
    }

    @Test
    void whatTheIndexKnowsIsToldInItsWords() {
        index.with(WheelFile.of("some", "1.0").with("some.py", ""));

        PackagesRefusedException refused = refusal("absent>=3");

        assertEquals("PACKAGE_NOT_FOUND", refused.code());
        assertEquals("absent>=3 is known to no package index.", refused.getMessage());
    }

    @Test
    void anIndexThatIsAwayIsNoAnswer() {
        index.away = new IndexUnreachableException("test", "The index does not answer.");

        assertThrows(IndexUnreachableException.class, () -> resolve("some"));
    }

    @Test
    void anAddressInAWheelIsRefused() {
        index.with(WheelFile.of("linked", "1.0", "inner @ http://127.0.0.1:9/inner-1.0-py3-none-any.whl")
                .with("linked.py", ""));

        PackagesRefusedException refused = refusal("linked");

        assertEquals("PACKAGE_BY_URL", refused.code());
        assertTrue(refused.getMessage().contains("inner"), refused.getMessage());
    }

    @Test
    void aMarkerThatDoesNotHoldIsAWarning() throws Exception {
        index.with(WheelFile.of("some", "1.0").with("some.py", ""));

        resolve("some", "other; python_version < '3'");

        assertEquals(1, log.warnings.size());
        assertTrue(log.warnings.getFirst().startsWith("other"), log.warnings.toString());
    }

    @Test
    void aLockFitsTheImageThatItWasMadeIn() throws Exception {
        index.with(WheelFile.of("some", "1.0").with("some.py", ""));
        Lock lock = resolve("some");

        assertTrue(resolver.fits(lock, BaseImages.DEFAULT));
        assertTrue(resolver.fits(
                new Lock(lock.python(), lock.platform(), "older", lock.installer(), lock.packages()),
                BaseImages.DEFAULT));
        assertFalse(resolver.fits(
                new Lock("3.9.1", lock.platform(), "older", lock.installer(), lock.packages()), BaseImages.DEFAULT));
    }
}
