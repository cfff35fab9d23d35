package dev.datapipeline.sandbox.isolation;

import java.util.Locale;

/** A way in which Docker may fail to isolate a sandbox; see docs/security.md. */
public enum IsolationRisk {
    /** Scripts would be root of the host if they ever got out. */
    ROOT_USER("its user is root"),
    /** The kernel counts resources by user, so one sandbox could use up what another one with the same user needs. */
    SHARED_USER("its user is not its own"),
    CAPABILITIES("it has capabilities"),
    /** A file that changes its user when it is started could give rights. */
    NEW_PRIVILEGES("it can gain privileges"),
    /** Scripts could reach every vulnerability of the kernel, not only those in common system calls. */
    SYSTEM_CALLS("its system calls are not filtered"),
    NETWORK("it has a network"),
    WRITABLE_ROOT("its root is writable"),
    /** One script could use up the memory of the host. */
    MEMORY("its memory is not limited"),
    /** One script could use up the processes of the host. */
    PROCESSES("its processes are not limited");

    private final String text;

    IsolationRisk(String text) {
        this.text = text;
    }

    /** Completes a sentence about a sandbox. */
    public String text() {
        return text;
    }

    /** The name in settings. */
    public String settingName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
