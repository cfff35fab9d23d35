package dev.datapipeline.project;

import dev.datapipeline.identity.Caller;
import dev.datapipeline.identity.Membership;
import dev.datapipeline.identity.Role;
import dev.datapipeline.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The projects whose settings the caller of a request may reach: the one place where a name in a path becomes a reference. */
@Singleton
public class VisibleProjects {
    private final ProjectTable projects;
    private final CurrentAccess access;

    VisibleProjects(ProjectTable projects, CurrentAccess access) {
        this.projects = projects;
        this.access = access;
    }

    /**
     * Has the request work in the project that the path names. Administrators of the service may reach the settings of every project.
     *
     * @param nameOrId as the client has written it
     * @throws ProblemException NOT_FOUND where the caller may not see it, ROLE_TOO_LOW where the caller may only see it
     */
    public ProjectRef enter(String nameOrId) {
        ProjectAccess request = access.get();
        Optional<Membership> membership = request.find(nameOrId);
        if (membership.isPresent() && !isAdministrator(request)) {
            request.enter(membership.get().project(), "project");
            return new ProjectRef(membership.get().project(), membership.get().name());
        }
        Optional<Project> project = projects.find(nameOrId);
        return project.filter(found -> isAdministrator(request))
                .map(Project::ref)
                .orElseThrow(() -> ProblemException.notFound("project"));
    }

    /** All projects for administrators of the service and the only user, else those of the caller. */
    public List<Project> list() {
        ProjectAccess request = access.get();
        List<Project> all = projects.list();
        if (isAdministrator(request)) {
            return all;
        }
        Caller caller = request.caller();
        return caller == null
                ? List.of()
                : all.stream()
                        .filter(project -> caller.memberships().stream()
                                .anyMatch(each -> each.project().equals(project.id())))
                        .toList();
    }

    /** The role of the caller in a project; null where the caller is no member of it. */
    public @Nullable Role role(Project project) {
        ProjectAccess request = access.get();
        Caller caller = request.caller();
        if (caller == null) {
            return request.isOfSingleUser() ? Role.ADMIN : null;
        }
        return caller.memberships().stream()
                .filter(each -> each.project().equals(project.id()))
                .map(Membership::role)
                .findFirst()
                .orElse(null);
    }

    private static boolean isAdministrator(ProjectAccess request) {
        Caller caller = request.caller();
        return caller == null ? request.isOfSingleUser() : caller.isAdministrator() && !caller.usesKey();
    }
}
