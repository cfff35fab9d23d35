package dev.datapipeline.environment.index.serving;

import dev.datapipeline.environment.index.project.Project;
import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.environment.wheel.WheelRefusedException;
import java.util.concurrent.CompletableFuture;

/** One resolution, as whoever answers pip needs it. Thread-safe; its methods do not block. */
public interface Resolution {
    /**
     * A project, looked up when it is asked for the first time. Fails with IndexUnreachableException or IOException as the cause.
     *
     * @param name normalised
     */
    CompletableFuture<Project> project(String name);

    /** pip asks for something. Where it never gets an answer, nothing is known about the packages. */
    AwaitedAnswers.Question ask(String what);

    /** An index did not do its part. The first one is told. */
    void failed(IndexUnreachableException failure);

    /** This machine could not do its part, for example with a full disk: nothing is known about the packages then either. */
    void storeFailed();

    /** A wheel was not what its index announced. The first one is told. */
    void refused(WheelRefusedException refusal);
}
