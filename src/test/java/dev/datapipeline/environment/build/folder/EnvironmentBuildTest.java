package dev.datapipeline.environment.build.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.environment.build.BuildOrder;
import dev.datapipeline.environment.build.BuildStep;
import dev.datapipeline.environment.build.BuiltEnvironment;
import dev.datapipeline.environment.build.PackagesRefusedException;
import dev.datapipeline.environment.build.resolve.PipResolver;
import dev.datapipeline.environment.install.WheelFile;
import dev.datapipeline.environment.lock.Lock;
import dev.datapipeline.environment.lock.LockedPackage;
import dev.datapipeline.environment.requirement.DeclaredPackages;
import dev.datapipeline.environment.requirement.PackageList;
import dev.datapipeline.sandbox.SandboxLease;
import dev.datapipeline.sandbox.SandboxOwner;
import dev.datapipeline.sandbox.SandboxRequest;
import dev.datapipeline.sandbox.docker.container.RealSandboxes;
import dev.datapipeline.sandbox.engine.BatchExchange;
import dev.datapipeline.sandbox.engine.Batches;
import dev.datapipeline.sandbox.image.BaseImages;
import dev.datapipeline.sandbox.pool.SandboxPool;
import dev.datapipeline.time.Ticker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From declared packages to imports in a sandbox, with the pip of a real builder and an index of the test's own. */
@Timeout(180)
class EnvironmentBuildTest {
    private static RealSandboxes sandboxes;
    private static SandboxPool pool;
    private static FileEnvironmentFolders folders;

    @TempDir
    private static Path data;

    @TempDir
    private Path wheels;

    private final KeptLog log = new KeptLog();
    private WheelIndex index;

    @BeforeAll
    static void open() throws Exception {
        sandboxes = new RealSandboxes(data, Map.of());
        pool = sandboxes.pool();
        pool.open();
        folders = new FileEnvironmentFolders(EnvironmentFolder.at(sandboxes.environments()));
    }

    @AfterAll
    static void close() throws Exception {
        pool.close();
        sandboxes.close();
        try (Stream<Path> left = Files.list(sandboxes.environments())) {
            for (Path each : left.filter(Files::isDirectory).toList()) {
                folders.delete(each.getFileName().toString());
            }
        }
    }

    @BeforeEach
    void makeIndex() {
        index = new WheelIndex(wheels);
    }

    private static DeclaredPackages declared(String... lines) {
        return DeclaredPackages.read(PackageList.of(Arrays.asList(lines)), "/packages", List.of());
    }

    private Lock resolve(String... lines) throws Exception {
        return new PipResolver(sandboxes.builders(), index, new BuildSettings(), Ticker.system())
                .resolve(declared(lines), log);
    }

    private BuiltEnvironment build(Lock lock) throws Exception {
        return new WheelEnvironmentBuilder(index, folders, new BuildSettings(), sandboxes.builders(), pool)
                .build(new BuildOrder(lock, BaseImages.DEFAULT, UUID.randomUUID(), 1), log);
    }

    @Test
    void declaredPackagesBecomeImportsInASandbox() throws Exception {
        index.with(WheelFile.of("top", "2.0", "base>=1")
                        .with("top/__init__.py", "import base\nNAME = 'top of ' + base.NAME\n"))
                .with(WheelFile.of("top", "1.0").with("top.py", ""))
                .with(WheelFile.of("base", "1.5").with("base.py", "NAME = 'base'\n"));

        Lock lock = resolve("Top>1");
        BuiltEnvironment built = build(lock);

        assertEquals(
                List.of("base", "top"),
                lock.packages().stream().map(LockedPackage::name).toList());
        assertEquals(List.of("top"), lock.packages().getFirst().requiredBy());
        assertEquals(
                List.of("1.5", "2.0"),
                lock.packages().stream().map(LockedPackage::version).toList());
        assertTrue(lock.installer().startsWith("pip "), lock.installer());
        assertEquals(List.of(BuildStep.values()), log.steps);
        assertEquals(List.of(), log.warnings);
        assertTrue(folders.isIntact(built.folder()));
        assertEquals("{\"name\":\"topofbase\",\"isCompiled\":true}", run(built, """
                        import os, top

                        def transform(record):
                            return {"name": top.NAME, "isCompiled": os.path.exists(top.__cached__)}
                        """));
    }

    /** What a script makes of one record, without blanks. */
    private static String run(BuiltEnvironment built, String script) throws Exception {
        Batches.Kept output = new Batches.Kept();
        SandboxRequest request = new SandboxRequest(
                new SandboxOwner(UUID.randomUUID(), 0),
                Batches.pipeline(Duration.ofSeconds(20), script).withEnvironment(built.folder()),
                true);
        try (SandboxLease sandbox = pool.lease(request)) {
            sandbox.run(new BatchExchange(Batches.input(1, "{}"), output));
        }
        assertEquals(List.of(), output.failures());
        return output.values().getFirst().replace(" ", "");
    }

    @Test
    void anEnvironmentIsBuiltOnceAndAgainOnlyWhenItIsDamaged() throws Exception {
        index.with(WheelFile.of("once", "1.0").with("once.py", "X = 1\n"));
        Lock lock = resolve("once");

        BuiltEnvironment first = build(lock);
        BuiltEnvironment second = build(lock);

        assertFalse(first.cached());
        assertEquals(new BuiltEnvironment(first.folder(), first.size(), true), second);
        assertEquals(1, index.fetched.get());

        Path module = sandboxes.environments().resolve(first.folder()).resolve("once.py");
        Files.setPosixFilePermissions(module, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        Files.writeString(module, "X = 2\n");

        assertFalse(folders.isIntact(first.folder()));
        assertFalse(build(lock).cached());
        assertEquals("X = 1\n", Files.readString(module));
    }

    @Test
    void theByteCodeOfEveryModuleIsThereButOfTests() throws Exception {
        index.with(WheelFile.of("code", "1.0")
                .with("code_a/__init__.py", "")
                .with("code_a/b.py", "X = 1\n")
                .with("code_a/bad.py", "def (")
                .with("code_a/tests/c.py", ""));

        Path folder = sandboxes.environments().resolve(build(resolve("code")).folder());

        try (Stream<Path> found = Files.list(folder.resolve("code_a/__pycache__"))) {
            assertEquals(
                    List.of("__init__", "b"),
                    found.map(file -> file.getFileName().toString().split("\\.")[0])
                            .sorted()
                            .toList());
        }
        assertTrue(log.lines.contains("1 of 3 modules have no byte code."), log.lines.toString());
    }

    @Test
    void environmentsCanBeNeitherListedNorChangedByScripts() throws Exception {
        index.with(WheelFile.of("sealed", "1.0").with("sealed_a/__init__.py", ""));

        assertEquals(
                "{\"list\":\"EACCES\",\"change\":\"EROFS\",\"add\":\"EROFS\",\"manifest\":\"EACCES\"}",
                run(build(resolve("sealed")), """
                        import errno, os, sealed_a

                        FOLDER = os.path.dirname(os.path.dirname(sealed_a.__file__))

                        def attempt(action, *arguments):
                            try:
                                action(*arguments)
                            except OSError as problem:
                                return errno.errorcode[problem.errno]
                            return "done"

                        def transform(record):
                            return {
                                "list": attempt(os.listdir, "/environments"),
                                "change": attempt(open, sealed_a.__file__, "w"),
                                "add": attempt(open, FOLDER + "/more.py", "w"),
                                "manifest": attempt(open, FOLDER + ".manifest"),
                            }
                        """));
    }

    @Test
    void anImportThatFailsIsAWarning() throws Exception {
        index.with(WheelFile.of("broken", "1.0")
                .with("broken.py", "raise ImportError('libGL.so.1: cannot open shared object file: No such file')\n"));

        BuiltEnvironment built = build(resolve("broken"));

        assertTrue(folders.isIntact(built.folder()));
        assertEquals(1, log.warnings.size(), log.warnings.toString());
        assertTrue(log.warnings.getFirst().contains("import broken fails"), log.warnings.toString());
        assertTrue(log.warnings.getFirst().contains("lacks this library"), log.warnings.toString());
    }

    @Test
    void aHostileWheelLeavesNothing() throws Exception {
        index.with(WheelFile.of("evil", "1.0").with("evil.py", "").with("../escaped.py", "x = 1"));
        Lock lock = resolve("evil");

        PackagesRefusedException refused = assertThrows(PackagesRefusedException.class, () -> build(lock));

        assertEquals("WHEEL_REFUSED", refused.code());
        assertTrue(refused.getMessage().contains("../escaped.py"), refused.getMessage());
        assertFalse(Files.exists(sandboxes.environments().resolve("escaped.py")));
        try (Stream<Path> left = Files.list(sandboxes.environments())) {
            assertTrue(left.noneMatch(path -> path.getFileName().toString().startsWith("staging-")));
        }
    }
}
