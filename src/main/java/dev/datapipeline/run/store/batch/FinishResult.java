package dev.datapipeline.run.store.batch;

import java.util.Optional;
import java.util.function.Function;

/** @param next empty when no other batch was asked for, or it was no longer queued */
public record FinishResult<N>(Finish finish, Optional<N> next) {
    public enum Finish {
        /** The batch belonged to another attempt, or its run was over: nothing was recorded. */
        LOST,
        RECORDED,
        /** Recorded, and the run is final with it. */
        RUN_ENDED
    }

    public <M> FinishResult<M> map(Function<N, M> mapper) {
        return new FinishResult<>(finish, next.map(mapper));
    }
}
