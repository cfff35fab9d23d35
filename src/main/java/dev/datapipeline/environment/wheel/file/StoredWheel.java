package dev.datapipeline.environment.wheel.file;

import dev.datapipeline.environment.wheel.WheelName;
import java.nio.file.Path;

/** A wheel in the store. While it is open it is not removed. Any thread may use and close it. */
public interface StoredWheel extends AutoCloseable {
    /** A regular file that never changes. */
    Path path();

    /** Of its bytes, in lower-case hexadecimal digits. */
    String sha256();

    WheelName name();

    long size();

    /** Does nothing when it is closed already. */
    @Override
    void close();
}
