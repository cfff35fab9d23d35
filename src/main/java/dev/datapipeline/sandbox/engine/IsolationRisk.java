package dev.datapipeline.sandbox.engine;

import java.util.Locale;

/** A way in which Docker may fail to hold a sandbox in; see docs/security.md. */
public enum IsolationRisk {
    /** Scripts would be root of the host if they ever got out. */
    ROOT_USER("its user is root"),
    /** The kernel would count what several sandboxes use as that of one user, so that one could use up what others need. */
    SHARED_USER("its user is not its own"),
    CAPABILITIES("it has capabilities"),
    /** A file that changes its user when it is started could give rights. */
    NEW_PRIVILEGES("it can gain privileges"),
    /** Every hole of the kernel can be reached, not only those behind common calls. */
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

    /** What is wrong with a sandbox, to follow a name for it. */
    public String text() {
        return text;
    }

    /** As settings name it. */
    public String settingName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
