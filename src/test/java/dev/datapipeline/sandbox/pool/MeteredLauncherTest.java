package dev.datapipeline.sandbox.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datapipeline.sandbox.SandboxLauncher;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.image.BaseImages;
import dev.datapipeline.testing.FakeLauncher;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MeteredLauncherTest {
    private final MockClock clock = new MockClock();
    private final MeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final FakeLauncher launcher = new FakeLauncher();

    @Test
    void startTimeIsRecorded() throws Exception {
        SandboxLauncher slow = image -> {
            clock.add(Duration.ofMillis(20));
            return launcher.launch(image);
        };

        new MeteredLauncher(slow, registry).launch(BaseImages.DEFAULT);

        assertEquals(1, starts().count());
        assertEquals(20, starts().totalTime(TimeUnit.MILLISECONDS));
        assertEquals(0, failures());
    }

    @Test
    void failedStartIsCountedAndNotTimed() {
        launcher.failWith(SandboxFailureException.died("gone", null));

        SandboxLauncher metered = new MeteredLauncher(launcher, registry);
        assertThrows(SandboxFailureException.class, () -> metered.launch(BaseImages.DEFAULT));

        assertEquals(0, starts().count());
        assertEquals(1, failures());
    }

    private Timer starts() {
        return registry.get("datapipeline.sandbox.start").timer();
    }

    private double failures() {
        return registry.get("datapipeline.sandbox.start.failures").counter().count();
    }
}
