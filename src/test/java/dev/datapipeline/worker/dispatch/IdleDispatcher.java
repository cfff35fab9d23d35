package dev.datapipeline.worker.dispatch;

import dev.datapipeline.testing.RecordedEvents;
import io.quarkus.runtime.StartupEvent;
import java.time.Duration;

/** Makes a dispatcher that has started and has no runs. */
public final class IdleDispatcher {
    private IdleDispatcher() {}

    public static BatchDispatcher create() {
        BatchDispatcher dispatcher = new BatchDispatcher(
                new SentBatches(),
                new FakePendingBatches(),
                new SlotRules(2, 4, Duration.ofHours(1)),
                new RecordedEvents<>(),
                new RecordedEvents<>(),
                () -> false);
        dispatcher.start(new StartupEvent());
        return dispatcher;
    }
}
