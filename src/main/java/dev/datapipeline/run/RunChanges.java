package dev.datapipeline.run;

import java.util.UUID;

/** Listens to changes of runs, after their commit. Implementations never wait for the database. */
public interface RunChanges {
    /** Anything about the run may have changed. */
    void changed(UUID run);

    /** A batch has ended; only the counters of the run have changed. */
    void progressed(UUID run);
}
