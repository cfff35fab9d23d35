package dev.datapipeline.sandbox.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether this machine, which is that of the sandboxes, has so little memory left that nothing should be kept for later. */
public final class FreeMemory implements BooleanSupplier {
    private static final Path INFORMATION = Path.of("/proc/meminfo");
    private static final Pattern AVAILABLE = Pattern.compile("MemAvailable: +(\\d+) kB");
    private static final int UNIT = 1024;

    private final Path information;
    private final long least;

    /** @param least bytes that are to stay free */
    public FreeMemory(long least) {
        this(INFORMATION, least);
    }

    FreeMemory(Path information, long least) {
        this.information = information;
        this.least = least;
    }

    /** True where less is free; false where nothing is known. */
    @Override
    public boolean getAsBoolean() {
        try {
            Matcher available = AVAILABLE.matcher(Files.readString(information));
            return available.find() && Long.parseLong(available.group(1)) * UNIT < least;
        } catch (IOException unknown) {
            return false;
        }
    }
}
