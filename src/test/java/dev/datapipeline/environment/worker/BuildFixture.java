package dev.datapipeline.environment.worker;

import dev.datapipeline.environment.TestEnvironments;
import dev.datapipeline.environment.service.EnvironmentConfig;
import dev.datapipeline.environment.service.EnvironmentEnded;
import dev.datapipeline.environment.service.EnvironmentEvictions;
import dev.datapipeline.environment.service.EnvironmentFiles;
import dev.datapipeline.environment.service.EnvironmentRemovals;
import dev.datapipeline.environment.service.EnvironmentWanted;
import dev.datapipeline.environment.service.Environments;
import dev.datapipeline.environment.service.FolderGuard;
import dev.datapipeline.environment.store.EnvironmentClaim;
import dev.datapipeline.sandbox.ServiceInstance;
import dev.datapipeline.storage.FileBlobs;
import dev.datapipeline.testing.RecordedEvents;
import dev.datapipeline.testing.SettableTicker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

/** Everything that builds environments, with a stand-in for what needs Docker, over the real tables. */
public final class BuildFixture {
    public final TestEnvironments table;
    public final StandInBuilder builder = new StandInBuilder();
    public final SettableTicker ticker = new SettableTicker();
    public final RecordedEvents<EnvironmentEnded> ended = new RecordedEvents<>();
    public final RecordedEvents<EnvironmentWanted> wanted = new RecordedEvents<>();
    public final FolderGuard guard = new FolderGuard();
    public final ServiceInstance instance = new ServiceInstance("installation", "alice");
    public final EnvironmentConfig config;
    public final EnvironmentRemovals removals;
    public final EnvironmentEvictions evictions;
    final EnvironmentWorker worker;
    final Heartbeats heartbeats;
    public final Environments environments;
    public final EnvironmentFiles files;

    /** Settings of a test. */
    private record Settings(MemorySize diskLimit, Duration relockAfter, int parallelBuilds, Duration lease)
            implements EnvironmentConfig {}

    public BuildFixture(Path folder, long diskLimit) throws SQLException, IOException {
        table = new TestEnvironments();
        config = new Settings(
                new MemorySize(BigInteger.valueOf(diskLimit)), TestEnvironments.DAY, 2, TestEnvironments.LEASE);
        removals = new EnvironmentRemovals(table.uses, builder, guard);
        evictions = new EnvironmentEvictions(table.uses, removals, builder, new FileBlobs(folder), config);
        BuildEnds ends = new BuildEnds(
                table.claims, new EnvironmentMetrics(new SimpleMeterRegistry(), table.uses), ended, instance);
        worker = new EnvironmentWorker(builder, builder, evictions, guard, ends, ticker);
        heartbeats = new Heartbeats(table.claims, instance, config, ticker);
        environments = new Environments(table.repository, removals, config, wanted, ticker);
        files = new EnvironmentFiles(table.repository, builder, builder, guard, wanted);
    }

    EnvironmentBuilds builds() {
        return new EnvironmentBuilds(table.claims, worker, heartbeats, removals, instance, config);
    }

    /** Claims what is to be built and does the work. */
    public EnvironmentClaim work() {
        EnvironmentClaim claim = table.claim(instance.owner());
        worker.work(claim, heartbeats, heartbeats.reliable());
        return claim;
    }
}
