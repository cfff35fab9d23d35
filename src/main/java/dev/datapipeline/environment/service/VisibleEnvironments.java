package dev.datapipeline.environment.service;

import dev.datapipeline.environment.requirement.DeclaredPackages;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.project.CurrentAccess;
import dev.datapipeline.project.ProjectAccess;
import jakarta.inject.Singleton;
import java.util.UUID;

/** The environments that the caller of a request may reach: the one place where an id that a client names becomes a reference. */
@Singleton
public class VisibleEnvironments {
    private final Environments environments;
    private final CurrentAccess access;

    VisibleEnvironments(Environments environments, CurrentAccess access) {
        this.environments = environments;
        this.access = access;
    }

    /** Of the request. */
    public ProjectAccess access() {
        return access.get();
    }

    /**
     * Asks for an environment in the project in which the request works.
     *
     * @param declared something
     * @param isUpdate whether versions of packages are resolved anew
     */
    public EnvironmentRef ask(DeclaredPackages declared, boolean isUpdate) {
        UUID project = access.project();
        return (isUpdate ? environments.askAnew(project, declared) : environments.ask(project, declared))
                .map(EnvironmentRef::new)
                .orElseThrow();
    }

    /** @throws ProblemException NOT_FOUND where the caller may not see it, ROLE_TOO_LOW where the caller may only see it */
    public EnvironmentRef ref(UUID id) {
        access.get().enter(environments.projectOf(id), "environment");
        return new EnvironmentRef(id);
    }
}
