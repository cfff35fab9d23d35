package dev.datapipeline.worker.dispatch;

import dev.datapipeline.run.event.RunEnded;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Keeps book of the runs whose end was told. */
final class EndedRuns implements Event<RunEnded> {
    final List<RunEnded> fired = new ArrayList<>();

    @Override
    public void fire(RunEnded event) {
        fired.add(event);
    }

    @Override
    public <U extends RunEnded> CompletionStage<U> fireAsync(U event) {
        throw new UnsupportedOperationException("told at once");
    }

    @Override
    public <U extends RunEnded> CompletionStage<U> fireAsync(U event, NotificationOptions options) {
        throw new UnsupportedOperationException("told at once");
    }

    @Override
    public Event<RunEnded> select(Annotation... qualifiers) {
        throw new UnsupportedOperationException("one kind only");
    }

    @Override
    public <U extends RunEnded> Event<U> select(Class<U> subtype, Annotation... qualifiers) {
        throw new UnsupportedOperationException("one kind only");
    }

    @Override
    public <U extends RunEnded> Event<U> select(TypeLiteral<U> subtype, Annotation... qualifiers) {
        throw new UnsupportedOperationException("one kind only");
    }
}
