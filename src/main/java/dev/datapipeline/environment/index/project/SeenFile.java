package dev.datapipeline.environment.index.project;

import dev.datapipeline.environment.index.page.IndexFile;
import dev.datapipeline.environment.version.Version;
import dev.datapipeline.environment.wheel.WheelName;
import java.util.Optional;

/**
 * A file of a project, and what was decided about it.
 *
 * @param wheel empty for sources
 * @param version empty where the name does not say it
 */
public record SeenFile(IndexFile file, Optional<WheelName> wheel, Optional<Version> version, Verdict verdict) {
    /** Whether a file is offered to pip, and why not. */
    public enum Verdict {
        OFFERED,
        /** Installing sources runs code of strangers. */
        SOURCES,
        /** A wheel for another Python or platform. */
        OTHER_TARGET,
        /** Its index states no SHA-256, and is not one that is taken without. */
        NO_HASH,
        TOO_NEW,
        /** The index does not say when it was uploaded, so it may be too new. */
        NO_UPLOAD_TIME
    }

    public boolean is(Verdict expected) {
        return verdict == expected;
    }
}
