package dev.datapipeline.environment.build.folder;

import dev.datapipeline.environment.build.BuildLog;
import dev.datapipeline.environment.build.BuildOrder;
import dev.datapipeline.environment.build.BuildStep;
import dev.datapipeline.environment.build.BuiltEnvironment;
import dev.datapipeline.environment.build.EnvironmentBuildConfig;
import dev.datapipeline.environment.build.EnvironmentBuilder;
import dev.datapipeline.environment.build.PackagesRefusal;
import dev.datapipeline.environment.build.PackagesRefusedException;
import dev.datapipeline.environment.install.InstallLimits;
import dev.datapipeline.environment.install.InstallRefusedException;
import dev.datapipeline.environment.install.StagedFiles;
import dev.datapipeline.environment.install.WheelInstaller;
import dev.datapipeline.environment.lock.Lock;
import dev.datapipeline.environment.lock.LockedPackage;
import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.environment.wheel.WheelRefusedException;
import dev.datapipeline.environment.wheel.file.StoredWheel;
import dev.datapipeline.environment.wheel.store.WantedWheel;
import dev.datapipeline.environment.wheel.store.WheelStore;
import dev.datapipeline.sandbox.Sandboxes;
import dev.datapipeline.sandbox.builder.Builders;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Builds an environment out of the wheels of its lock: fetches them, unpacks them, compiles them, and imports them once. */
@Singleton
final class WheelEnvironmentBuilder implements EnvironmentBuilder {
    private final WheelStore store;
    private final FileEnvironmentFolders folders;
    private final EnvironmentBuildConfig config;
    private final ByteCode byteCode;
    private final ImportCheck check;

    WheelEnvironmentBuilder(
            WheelStore store,
            FileEnvironmentFolders folders,
            EnvironmentBuildConfig config,
            Builders builders,
            Sandboxes sandboxes) {
        this.store = store;
        this.folders = folders;
        this.config = config;
        this.byteCode = new ByteCode(builders, config);
        this.check = new ImportCheck(sandboxes);
    }

    @Override
    public BuiltEnvironment build(BuildOrder order, BuildLog log)
            throws PackagesRefusedException, IndexUnreachableException, SandboxFailureException, IOException,
                    InterruptedException {
        String folder = folders.name(order.lock().key());
        if (folders.isIntact(folder)) {
            log.line("The packages are there already.");
            return new BuiltEnvironment(folder, folders.size(folder), true);
        }
        String staged = folders.stage(order.environment(), order.attempt());
        StagedFiles files;
        try {
            files = fill(order, staged, folder, log);
            folders.publish(staged, folder, files.files());
        } finally {
            folders.delete(staged);
        }
        check.run(folder, order.image(), files.files(), log);
        return new BuiltEnvironment(folder, files.size(), false);
    }

    private StagedFiles fill(BuildOrder order, String staged, String folder, BuildLog log)
            throws PackagesRefusedException, IndexUnreachableException, SandboxFailureException, IOException,
                    InterruptedException {
        // Twice as many: folders and byte code count as well.
        InstallLimits limits =
                new InstallLimits(2 * config.maxFiles(), config.maxSize().asLongValue());
        StagedFiles files = new StagedFiles(folders.place(staged), limits);
        try {
            install(order.lock(), files, log);
            byteCode.add(staged, folder, order.image(), files, log);
        } catch (InstallRefusedException refused) {
            throw refused(refused);
        }
        files.seal();
        return files;
    }

    private void install(Lock lock, StagedFiles files, BuildLog log)
            throws PackagesRefusedException, IndexUnreachableException, InstallRefusedException, IOException,
                    InterruptedException {
        List<StoredWheel> wheels = new ArrayList<>();
        try {
            fetch(lock, wheels, log);
            unpack(lock, wheels, files, log);
        } finally {
            wheels.forEach(StoredWheel::close);
        }
    }

    /** All of them before the first is unpacked, so that an index that is away costs nothing. */
    private void fetch(Lock lock, List<StoredWheel> wheels, BuildLog log)
            throws PackagesRefusedException, IndexUnreachableException, IOException, InterruptedException {
        log.begin(BuildStep.FETCH);
        long total = lock.packages().stream()
                .mapToLong(locked -> Math.max(0, locked.size()))
                .sum();
        long done = 0;
        for (LockedPackage locked : lock.packages()) {
            log.progress(done, Math.max(done, total));
            boolean isHere = store.has(locked.sha256());
            StoredWheel wheel = required(locked);
            wheels.add(wheel);
            done += wheel.size();
            log.line((isHere ? "Here already: " : "Fetched: ") + locked.filename());
        }
        log.progress(done, done);
    }

    private StoredWheel required(LockedPackage locked)
            throws PackagesRefusedException, IndexUnreachableException, IOException, InterruptedException {
        try {
            return store.require(new WantedWheel(locked.sha256(), locked.filename(), locked.index(), locked.size()));
        } catch (WheelRefusedException refused) {
            throw PackagesRefusedException.of(refused);
        }
    }

    private void unpack(Lock lock, List<StoredWheel> wheels, StagedFiles files, BuildLog log)
            throws InstallRefusedException, IOException, InterruptedException {
        log.begin(BuildStep.INSTALL);
        InstallLimits limits =
                new InstallLimits(config.maxFiles(), config.maxSize().asLongValue());
        WheelInstaller installer = new WheelInstaller(files, limits);
        long total = 0;
        for (int wheel = 0; wheel < wheels.size(); wheel++) {
            total += installer.members(
                    lock.packages().get(wheel), wheels.get(wheel).path());
        }
        long done = 0;
        for (int wheel = 0; wheel < wheels.size(); wheel++) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockedPackage locked = lock.packages().get(wheel);
            log.progress(done, total);
            WheelInstaller.Report report =
                    installer.install(locked, wheels.get(wheel).path());
            done += report.members();
            log.line("Unpacked: " + locked.filename());
            report.notes().forEach(log::line);
            report.warnings().forEach(log::warning);
        }
        log.progress(done, total);
    }

    private PackagesRefusedException refused(InstallRefusedException refused) {
        return switch (refused.reason()) {
            case MALFORMED -> new PackagesRefusedException(PackagesRefusal.WHEEL_REFUSED, refused.text());
            case HASH_MISMATCH -> new PackagesRefusedException(PackagesRefusal.HASH_MISMATCH, refused.text());
            case TOO_LARGE ->
                new PackagesRefusedException(
                        PackagesRefusal.ENVIRONMENT_TOO_LARGE,
                        refused.text() + " The settings datapipeline.environment.max-size and max-files allow more.");
        };
    }
}
