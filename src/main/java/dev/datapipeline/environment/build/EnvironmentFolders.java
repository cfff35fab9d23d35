package dev.datapipeline.environment.build;

import java.io.IOException;

/** The folders of finished environments. */
public interface EnvironmentFolders {
    /** Whether a folder is there and has the files of its manifest. Reads all of them. */
    boolean isIntact(String folder);

    /** Removes a folder; does nothing when there is none. */
    void delete(String folder) throws IOException;

    /** Removes what builds of earlier processes have not finished. */
    void sweepStaging() throws IOException;
}
