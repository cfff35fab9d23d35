package dev.datapipeline.sandbox.docker.socket;

import com.github.dockerjava.api.model.Container;
import dev.datapipeline.sandbox.SandboxConfig;
import dev.datapipeline.sandbox.UserIds;
import dev.datapipeline.sandbox.docker.api.DockerEngine;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What the Docker engine makes of the users of sandboxes. Thread-safe. */
public final class EngineUsers {
    /** Above the users of the system, and below those that are set aside for user namespaces. */
    private static final UserIds UNMAPPED = new UserIds(70_000, 99_999);

    /** Inside the 65,536 users that a namespace usually has. */
    private static final UserIds MAPPED = new UserIds(10_000, 59_999);

    private final DockerEngine docker;
    private final Optional<UserIds> configured;
    private final boolean hasOwnRuntime;
    private volatile boolean areSeenFromOutside;

    public EngineUsers(DockerEngine docker, SandboxConfig config) {
        this.docker = docker;
        this.configured = config.userIds();
        this.hasOwnRuntime = config.runtime().isPresent();
    }

    /** Those that sandboxes may have. */
    public UserIds range() throws SandboxFailureException, InterruptedException {
        boolean mapsUsers = docker.mapsUsers();
        areSeenFromOutside = !mapsUsers && !hasOwnRuntime;
        return configured.orElse(mapsUsers ? MAPPED : UNMAPPED);
    }

    /** Whether a sandbox has the same user outside: not so with mapped users or a kernel of its own. Known after {@link #range()}. */
    public boolean areSeenFromOutside() {
        return areSeenFromOutside;
    }

    /** Users of the sandboxes of all services on this machine. */
    public Set<Integer> inUse() throws SandboxFailureException, InterruptedException {
        Set<Integer> users = new HashSet<>();
        for (Container container : docker.list(SandboxUsers.LABEL)) {
            String user = container.getLabels().getOrDefault(SandboxUsers.LABEL, "");
            if (user.matches("\\d{1,9}")) {
                users.add(Integer.valueOf(user));
            }
        }
        return users;
    }
}
