package dev.datapipeline.environment.worker;

import dev.datapipeline.environment.TestEnvironments;
import dev.datapipeline.environment.build.BuildLog;
import dev.datapipeline.environment.build.BuildOrder;
import dev.datapipeline.environment.build.BuildStep;
import dev.datapipeline.environment.build.BuiltEnvironment;
import dev.datapipeline.environment.build.EnvironmentBuilder;
import dev.datapipeline.environment.build.EnvironmentFolders;
import dev.datapipeline.environment.build.PackageResolver;
import dev.datapipeline.environment.build.PackagesRefusedException;
import dev.datapipeline.environment.lock.Lock;
import dev.datapipeline.environment.requirement.DeclaredPackages;
import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Resolves every declaration to its first package, and keeps the names of folders in memory. */
public final class StandInBuilder implements PackageResolver, EnvironmentBuilder, EnvironmentFolders {
    public static final long SIZE = 1_000;

    public final List<String> calls = new CopyOnWriteArrayList<>();
    public final Set<String> folders = ConcurrentHashMap.newKeySet();
    public final Set<String> swept = ConcurrentHashMap.newKeySet();
    public long free = Long.MAX_VALUE;
    public boolean fits = true;
    /** Runs before a lock is answered, and may throw. */
    public Failure resolving = () -> {};
    /** The same for a build. */
    public Failure building = () -> {};

    /** Something that goes wrong. */
    public interface Failure {
        void happen()
                throws PackagesRefusedException, IndexUnreachableException, SandboxFailureException, IOException,
                        InterruptedException;
    }

    @Override
    public Lock resolve(DeclaredPackages declared, @Nullable BuildLog log)
            throws PackagesRefusedException, IndexUnreachableException, SandboxFailureException, IOException,
                    InterruptedException {
        calls.add("resolve");
        if (log != null) {
            log.begin(BuildStep.RESOLVE);
            log.line("Collecting " + declared.lines().getFirst());
        }
        resolving.happen();
        return TestEnvironments.lock(declared.requirements().getFirst().name());
    }

    @Override
    public boolean fits(Lock lock, String image) {
        return fits;
    }

    @Override
    public BuiltEnvironment build(BuildOrder order, BuildLog log)
            throws PackagesRefusedException, IndexUnreachableException, SandboxFailureException, IOException,
                    InterruptedException {
        calls.add("build");
        log.begin(BuildStep.INSTALL);
        log.progress(1, 1);
        building.happen();
        String folder = "folder-" + order.lock().packages().getFirst().name();
        boolean isNew = folders.add(folder);
        return new BuiltEnvironment(folder, SIZE, !isNew);
    }

    @Override
    public boolean isIntact(String folder) {
        return folders.contains(folder);
    }

    @Override
    public void delete(String folder) {
        folders.remove(folder);
    }

    @Override
    public void sweep(Set<String> lockKeys) {
        calls.add("sweep");
        swept.addAll(lockKeys);
    }

    @Override
    public long freeBytes() {
        return free;
    }
}
