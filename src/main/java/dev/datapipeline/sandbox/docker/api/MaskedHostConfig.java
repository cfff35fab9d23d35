package dev.datapipeline.sandbox.docker.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.github.dockerjava.api.model.HostConfig;
import java.io.Serial;
import java.util.List;

/** Hides files that describe the host and that no script needs. The Docker engine has a field for this since API 1.38, docker-java has none. */
public final class MaskedHostConfig extends HostConfig {
    @Serial
    private static final long serialVersionUID = 1;

    /** What the engine hides by itself, in its newest version: a list of ours takes the place of its own. */
    private static final String USUAL = """
            /proc/acpi /proc/asound /proc/interrupts /proc/kcore /proc/keys /proc/latency_stats /proc/sched_debug
            /proc/scsi /proc/timer_list /proc/timer_stats /sys/devices/virtual/powercap /sys/firmware
            """;

    private static final String OTHERS = """
            /proc/bootconfig /proc/buddyinfo /proc/cmdline /proc/config.gz /proc/consoles /proc/diskstats /proc/driver
            /proc/dynamic_debug /proc/execdomains /proc/fb /proc/iomem /proc/ioports /proc/kallsyms /proc/key-users
            /proc/kpagecgroup /proc/kpagecount /proc/kpageflags /proc/locks /proc/mdstat /proc/misc /proc/modules
            /proc/mtrr /proc/pagetypeinfo /proc/partitions /proc/pressure /proc/schedstat /proc/slabinfo /proc/softirqs
            /proc/swaps /proc/sys/kernel/random/boot_id /proc/tty /proc/vmallocinfo /proc/zoneinfo
            """;

    /** Those that a kernel does not have are passed over. */
    @JsonProperty("MaskedPaths")
    private final List<String> maskedPaths = List.of((USUAL + OTHERS).strip().split("\\s+"));
}
