package dev.datapipeline.project;

import dev.datapipeline.identity.Caller;
import dev.datapipeline.identity.Membership;
import dev.datapipeline.identity.Role;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the caller of one request may reach. Made before its body is read, and kept with the request. */
public final class ProjectAccess {
    private static final String KEY = ProjectAccess.class.getName();
    private static final int MOST_NAMED = 10;
    private static final List<Membership> EVERYTHING = List.of(Membership.OF_SINGLE_USER);

    private final @Nullable Caller caller;
    private final List<Membership> memberships;
    private final Role needed;
    private volatile @Nullable Membership chosen;
    private volatile boolean isDenied;

    private ProjectAccess(@Nullable Caller caller, List<Membership> memberships, Role needed) {
        this.caller = caller;
        this.memberships = memberships;
        this.needed = needed;
        this.chosen = memberships.size() == 1 ? memberships.getFirst() : null;
    }

    /** For the only user, who may do everything. */
    public static ProjectAccess ofSingleUser() {
        return new ProjectAccess(null, EVERYTHING, Role.VIEWER);
    }

    /** @param needed the least role in a project with which the operation is allowed there */
    public static ProjectAccess of(Caller caller, Role needed) {
        return new ProjectAccess(caller, caller.memberships(), needed);
    }

    /** Of a request that somebody may make who has not signed in, or that works in no project. */
    public static ProjectAccess toNothing(@Nullable Caller caller) {
        return new ProjectAccess(caller, List.of(), Role.ADMIN);
    }

    /** Empty where nobody has decided about the request. */
    public static Optional<ProjectAccess> find(RoutingContext request) {
        ProjectAccess access = request.get(KEY);
        return Optional.ofNullable(access);
    }

    /** Fails where nobody has decided about the request. */
    public static ProjectAccess of(RoutingContext request) {
        ProjectAccess access = request.get(KEY);
        if (access == null) {
            throw new IllegalStateException("nobody has decided what this request may reach");
        }
        return access;
    }

    public void keepWith(RoutingContext request) {
        request.put(KEY, this);
    }

    /** Null in single-user mode, and where nobody has signed in. */
    public @Nullable Caller caller() {
        return caller;
    }

    public boolean isOfSingleUser() {
        return caller == null && !memberships.isEmpty();
    }

    /** The project in which the request works, in which the caller has the role that the operation needs. */
    public UUID project() {
        return membership().project();
    }

    /** What the caller may do in the project in which the request works. */
    public Membership membership() {
        Membership known = chosen;
        if (known == null) {
            throw unclear();
        }
        requireRole(known);
        return known;
    }

    /**
     * Has the request work in the project that it names.
     *
     * @param nameOrId as the client has written it
     * @throws ProblemException NOT_FOUND when the caller is no member of such a project
     */
    public void choose(String nameOrId) {
        chosen = find(nameOrId).orElseThrow(() -> ProblemException.notFound("project"));
    }

    Optional<Membership> find(String nameOrId) {
        return memberships.stream()
                .filter(each -> each.name().equals(nameOrId)
                        || each.project().toString().equals(nameOrId))
                .findFirst();
    }

    /** Whether the request may be told of things of this project. */
    public boolean sees(UUID project) {
        return membership(project) != null;
    }

    /**
     * Checks that the request may do to things of this project what it does, and has it work in this project from now on: a second thing that
     * it names has to be in the same project.
     *
     * @param what the kind of thing, for the answer
     * @throws ProblemException NOT_FOUND where the caller may not see it, ROLE_TOO_LOW where the caller may see it only
     */
    public void enter(UUID project, String what) {
        Membership found = membership(project);
        if (found == null) {
            isDenied = memberships.stream().noneMatch(each -> each.project().equals(project));
            throw ProblemException.notFound(what);
        }
        requireRole(found);
        chosen = found;
    }

    /** Whether the request named something in a project of which its caller is no member, whatever it was answered. */
    public boolean isDenied() {
        return isDenied;
    }

    /** Name of the project in which the request works; null where it works in none, or has named none yet. */
    public @Nullable String projectName() {
        Membership known = chosen;
        return known == null ? null : known.name();
    }

    private @Nullable Membership membership(UUID project) {
        Membership known = chosen;
        if (known != null) {
            return known.project().equals(project) ? known : null;
        }
        for (Membership each : memberships) {
            if (each.project().equals(project)) {
                return each;
            }
        }
        return null;
    }

    private void requireRole(Membership membership) {
        if (!membership.role().includes(needed)) {
            throw new ProblemException(
                    ProblemType.ROLE_TOO_LOW,
                    "This needs the role %s in the project %s. An administrator of the project can give it to you."
                            .formatted(needed.name().toLowerCase(Locale.ROOT), membership.name()));
        }
    }

    private ProblemException unclear() {
        if (memberships.isEmpty()) {
            return new ProblemException(
                    ProblemType.ROLE_TOO_LOW,
                    "You are a member of no project. An administrator of a project can add you to it.");
        }
        String names =
                memberships.stream().limit(MOST_NAMED).map(Membership::name).collect(Collectors.joining(", "));
        return new ProblemException(
                ProblemType.PROJECT_REQUIRED,
                "You are a member of several projects. Say which one with the query parameter \"project\" or the header X-Project: "
                        + names + (memberships.size() > MOST_NAMED ? ", …" : "") + ".");
    }
}
