package dev.datapipeline.server;

import java.nio.file.Path;

/** Another process works in the data folder. */
final class DataDirectoryInUseException extends RuntimeException {
    DataDirectoryInUseException(Path directory) {
        super(
                "Another service works in " + directory.toAbsolutePath()
                        + ". Stop it first, or give this one a folder of its own (DATAPIPELINE_DATA_DIRECTORY, bin/up --data).");
    }
}
