package dev.datapipeline.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.sandbox.engine.SandboxFailureException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MeteredLauncherTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final FakeSandboxes fakes = new FakeSandboxes();

    @Test
    void theTimeOfASandboxThatComesIsKept() throws Exception {
        SandboxLauncher slow = () -> {
            Thread.sleep(20);
            return fakes.start();
        };

        new MeteredLauncher(slow, registry).start();

        assertEquals(1, starts().count());
        assertTrue(starts().totalTime(TimeUnit.MILLISECONDS) >= 20);
        assertEquals(0, failures());
    }

    @Test
    void whatDoesNotComeIsCountedAndNotTimed() {
        fakes.failWith(SandboxFailureException.died("gone", null));

        assertThrows(SandboxFailureException.class, new MeteredLauncher(fakes, registry)::start);

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
