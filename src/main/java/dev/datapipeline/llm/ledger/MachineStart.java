package dev.datapipeline.llm.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Tells one start of the machine from another: what was written before it, and not forced to the disk, may be lost. */
final class MachineStart {
    private static final Path LINUX = Path.of("/proc/sys/kernel/random/boot_id");

    private MachineStart() {}

    /** Where the system does not say, every process counts as a start of the machine: then more counts as spent than was, never less. */
    static String id() {
        try {
            return Files.readString(LINUX).strip();
        } catch (IOException unknown) {
            return UUID.randomUUID().toString();
        }
    }
}
