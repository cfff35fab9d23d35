package dev.datapipeline.sandbox.docker.socket;

import dev.datapipeline.sandbox.UserIds;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives every sandbox a user of its own, since the kernel counts much by user: descriptors in flight, watches, queues, signals, pages
 * of pipes. A user is free again when the Docker engine no longer knows a container of it. Thread-safe.
 *
 * <p>Users of other services on this machine are avoided as well: each begins at another place in the range, and containers name
 * their user in a label, so those of others are seen, and those of an earlier process of this service.
 */
public final class SandboxUsers {
    /** Of every container, with the number of its user. */
    public static final String LABEL = "dev.datapipeline.user";

    public interface Question<T> {
        T ask() throws SandboxFailureException, InterruptedException;
    }

    private final Question<UserIds> range;
    private final Question<Set<Integer>> users;
    private final int start;
    private final Set<Integer> own = new HashSet<>();
    private final Set<Integer> released = new HashSet<>();
    private Set<Integer> foreign = Set.of();
    private @Nullable UserIds known;

    public SandboxUsers(Question<UserIds> range, Question<Set<Integer>> users, int start) {
        this.range = range;
        this.users = users;
        this.start = start;
    }

    /** Reserves a user that no container has, until it is {@linkplain #release released}. */
    public int reserve() throws SandboxFailureException, InterruptedException {
        UserIds ids = range();
        Integer free = poll(ids);
        if (free == null) {
            refresh();
            free = poll(ids);
        }
        if (free == null) {
            throw new SandboxFailureException(
                    SandboxFailure.DOCKER,
                    "Every user of the range " + ids
                            + " has a sandbox. Set datapipeline.sandbox.user-ids to a range that holds"
                            + " more users than all services on this machine have sandboxes.",
                    null);
        }
        return free;
    }

    /** Nothing more is done about the container of this user; it may still be there. */
    public synchronized void release(int user) {
        released.add(user);
    }

    /** Asks the engine which users its containers have; to be called every few seconds. */
    public void refresh() throws SandboxFailureException, InterruptedException {
        Set<Integer> gone = released();
        Set<Integer> found = users.ask();
        gone.removeAll(found);
        replace(gone, found);
    }

    private synchronized Set<Integer> released() {
        return new HashSet<>(released);
    }

    private synchronized void replace(Set<Integer> gone, Set<Integer> found) {
        released.removeAll(gone);
        own.removeAll(gone);
        Set<Integer> others = new HashSet<>(found);
        others.removeAll(own);
        foreign = others;
    }

    private UserIds range() throws SandboxFailureException, InterruptedException {
        UserIds ids = knownRange();
        if (ids != null) {
            return ids;
        }
        ids = range.ask();
        refresh();
        return remember(ids);
    }

    private synchronized @Nullable UserIds knownRange() {
        return known;
    }

    private synchronized UserIds remember(UserIds ids) {
        known = ids;
        return ids;
    }

    private synchronized @Nullable Integer poll(UserIds ids) {
        for (int place = 0; place < ids.count(); place++) {
            int user = ids.at((long) start + place);
            if (!foreign.contains(user) && own.add(user)) {
                return user;
            }
        }
        return null;
    }
}
