package dev.datapipeline.server;

import java.nio.file.Path;

final class DataDirectoryInUseException extends RuntimeException {
    DataDirectoryInUseException(Path directory) {
        super(
                "Another service uses " + directory.toAbsolutePath()
                        + ". Stop it first, or give this one a folder of its own (DATAPIPELINE_DATA_DIRECTORY, bin/up --data).");
    }
}
