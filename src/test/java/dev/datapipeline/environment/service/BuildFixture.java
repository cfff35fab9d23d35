package dev.datapipeline.environment.service;

import dev.datapipeline.environment.TestEnvironments;
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
final class BuildFixture {
    final TestEnvironments table;
    final StandInBuilder builder = new StandInBuilder();
    final SettableTicker ticker = new SettableTicker();
    final RecordedEvents<EnvironmentEnded> ended = new RecordedEvents<>();
    final RecordedEvents<EnvironmentWanted> wanted = new RecordedEvents<>();
    final FolderGuard guard = new FolderGuard();
    final ServiceInstance instance = new ServiceInstance("installation", "alice");
    final EnvironmentConfig config;
    final EnvironmentEvictions evictions;
    final EnvironmentWorker worker;
    final Heartbeats heartbeats;
    final Environments environments;

    /** Settings of a test. */
    private record Settings(MemorySize diskLimit, Duration relockAfter, int parallelBuilds, Duration lease)
            implements EnvironmentConfig {}

    BuildFixture(Path folder, long diskLimit) throws SQLException, IOException {
        table = new TestEnvironments();
        config = new Settings(
                new MemorySize(BigInteger.valueOf(diskLimit)), TestEnvironments.DAY, 2, TestEnvironments.LEASE);
        evictions = new EnvironmentEvictions(table.uses, builder, guard, new FileBlobs(folder), config);
        BuildEnds ends = new BuildEnds(
                table.claims, new EnvironmentMetrics(new SimpleMeterRegistry(), table.uses), ended, instance);
        worker = new EnvironmentWorker(builder, builder, evictions, guard, ends, ticker);
        heartbeats = new Heartbeats(table.claims, instance, config, ticker);
        environments = new Environments(table.repository, builder, guard, config, wanted, ticker);
    }

    EnvironmentBuilds builds() {
        return new EnvironmentBuilds(table.claims, worker, heartbeats, builder, instance, config);
    }

    /** Claims what is to be built and does the work. */
    EnvironmentClaim work() {
        EnvironmentClaim claim = table.claim(instance.owner());
        worker.work(claim, heartbeats, heartbeats.reliable());
        return claim;
    }
}
