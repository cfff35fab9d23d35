package dev.datapipeline.run;

import java.util.UUID;

/** Told of every change of a run, after its commit. Never waits for the database. */
public interface RunChanges {
    /** Anything of the run may be different. */
    void changed(UUID run);

    /** A batch has ended, and only the counters of the run are different. */
    void progressed(UUID run);
}
