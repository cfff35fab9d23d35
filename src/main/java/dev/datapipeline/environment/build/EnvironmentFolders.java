package dev.datapipeline.environment.build;

import java.io.IOException;
import java.util.Set;

/** The folders of finished environments. */
public interface EnvironmentFolders {
    /** Whether a folder is there and has the files of its manifest. Reads all of them. */
    boolean isIntact(String folder);

    /** Removes a folder; does nothing when there is none. */
    void delete(String folder) throws IOException;

    /**
     * Removes what builds of earlier processes have not finished, and what belongs to no environment. Nothing may be built meanwhile.
     *
     * @param lockKeys keys of the locks whose folders stay
     */
    void sweep(Set<String> lockKeys) throws IOException;

    /** Bytes that are free where the folders are. */
    long freeBytes() throws IOException;
}
