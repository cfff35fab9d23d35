package dev.datapipeline.environment.wheel.store;

import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.environment.wheel.SampleWheel;
import dev.datapipeline.environment.wheel.file.StoredWheel;
import io.quarkus.runtime.configuration.MemorySize;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store in a folder of its own, and an index that has what a test lists. */
@Timeout(60)
abstract class WheelStoreFixture {
    final Map<String, byte[]> index = new HashMap<>();
    final AtomicInteger downloads = new AtomicInteger();
    final Set<String> needed = new HashSet<>();
    final CountDownLatch mayDownload = new CountDownLatch(1);

    @TempDir
    Path folder;

    boolean isDatabaseAway;
    Instant now = Instant.parse("2026-11-30T00:00:00Z");

    static void keep(FileWheelStore store, SampleWheel wheel) throws Exception {
        TestWheels.keep(store, wheel);
    }

    static StoredWheel require(WheelStore store, SampleWheel wheel) throws Exception {
        return store.require(wheel.wanted("test"));
    }

    SampleWheel listed(SampleWheel wheel) {
        index.put(wheel.sha256(), wheel.bytes());
        return wheel;
    }

    long files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    FileWheelStore store(long limit) {
        return store(limit, null);
    }

    FileWheelStore store(long limit, WheelSource.@Nullable Download download) {
        WheelSource source = (wanted, name) -> file -> {
            downloads.incrementAndGet();
            if (download != null) {
                download.into(file);
                return;
            }
            byte[] bytes = index.get(wanted.sha256());
            if (bytes == null) {
                throw new IndexUnreachableException("test", "The index is away.");
            }
            file.write(bytes, 0, bytes.length);
        };
        WheelProtection protection = () -> {
            if (isDatabaseAway) {
                throw new IllegalStateException("no database");
            }
            return needed;
        };
        return new FileWheelStore(folder.resolve("wheels"), new Limits(limit), source, protection, new TestClock());
    }

    private record Limits(long limit) implements WheelConfig {
        @Override
        public MemorySize diskLimit() {
            return new MemorySize(BigInteger.valueOf(limit));
        }

        @Override
        public MemorySize uploadLimit() {
            return new MemorySize(BigInteger.valueOf(100_000));
        }

        @Override
        public MemorySize largest() {
            return new MemorySize(BigInteger.valueOf(1_000_000));
        }
    }

    private final class TestClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
