package dev.datapipeline.worker.dispatch;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps the batches whose turn was ended. */
final class EndedTurns implements Event<TurnEnded> {
    final List<TurnEnded> fired = new CopyOnWriteArrayList<>();

    @Override
    public void fire(TurnEnded event) {
        fired.add(event);
    }

    @Override
    public <U extends TurnEnded> CompletionStage<U> fireAsync(U event) {
        throw new UnsupportedOperationException("told at once");
    }

    @Override
    public <U extends TurnEnded> CompletionStage<U> fireAsync(U event, NotificationOptions options) {
        throw new UnsupportedOperationException("told at once");
    }

    @Override
    public Event<TurnEnded> select(Annotation... qualifiers) {
        throw new UnsupportedOperationException("one kind only");
    }

    @Override
    public <U extends TurnEnded> Event<U> select(Class<U> subtype, Annotation... qualifiers) {
        throw new UnsupportedOperationException("one kind only");
    }

    @Override
    public <U extends TurnEnded> Event<U> select(TypeLiteral<U> subtype, Annotation... qualifiers) {
        throw new UnsupportedOperationException("one kind only");
    }
}
