package dev.datapipeline.llm.ledger;

import dev.datapipeline.llm.ledger.pause.RunMustPause;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.function.Consumer;

/** Who is told what happens in the ledger: whoever pauses runs, and the metrics. */
@Singleton
final class LedgerListeners {
    private final Consumer<RunMustPause> pause;
    private final CallMetrics metrics;

    @Inject
    LedgerListeners(Event<RunMustPause> pauses, MeterRegistry registry) {
        this(pauses::fire, new CallMetrics(registry));
    }

    /** @param pause pauses a run; may block */
    LedgerListeners(Consumer<RunMustPause> pause, CallMetrics metrics) {
        this.pause = pause;
        this.metrics = metrics;
    }

    Consumer<RunMustPause> pause() {
        return pause;
    }

    CallMetrics metrics() {
        return metrics;
    }
}
