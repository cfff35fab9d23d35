package dev.datapipeline.project.api;

import dev.datapipeline.identity.Caller;
import dev.datapipeline.identity.Role;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.project.CurrentAccess;
import dev.datapipeline.project.Project;
import dev.datapipeline.project.ProjectName;
import dev.datapipeline.project.ProjectRef;
import dev.datapipeline.project.Projects;
import dev.datapipeline.project.Quotas;
import dev.datapipeline.project.VisibleProjects;
import dev.datapipeline.project.quota.ProjectQuotas;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Projects. */
@Path("/api/v1/projects")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Projects")
class ProjectResource {
    private final VisibleProjects visible;
    private final Projects projects;
    private final CurrentAccess access;
    private final ProjectQuotas quotas;

    ProjectResource(VisibleProjects visible, Projects projects, CurrentAccess access, ProjectQuotas quotas) {
        this.visible = visible;
        this.projects = projects;
        this.access = access;
        this.quotas = quotas;
    }

    @Schema(name = "Projects")
    record ProjectList(List<ProjectResponse> items) {}

    /** @param name small letters, digits and . _ - */
    @Schema(name = "NewProject")
    record NewProject(@Nullable String name) {}

    /**
     * Changes of a project.
     *
     * @param name absent to keep it
     * @param quotas absent to keep them
     */
    @Schema(name = "ProjectChange")
    record ProjectChange(@Nullable String name, @Nullable QuotasRequest quotas) {}

    @GET
    @Operation(
            operationId = "listProjects",
            summary = "The projects of the caller, by name; all of them for an administrator of the service")
    public ProjectList list() {
        return new ProjectList(visible.list().stream().map(this::response).toList());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @Operation(
            operationId = "createProject",
            summary = "Make a project, of which the caller is the first administrator")
    public ProjectResponse create(NewProject request) {
        Caller caller = access.get().caller();
        if (caller == null) {
            throw singleUser();
        }
        Project created = projects.create(ProjectName.checked(request.name()), caller);
        return ProjectResponse.of(created, Role.ADMIN, null);
    }

    @GET
    @Path("/{project}")
    @Operation(operationId = "getProject", summary = "A project, by name or id, with what it may take and takes")
    public ProjectResponse get(@RestPath String project) {
        return detailed(projects.find(visible.enter(project)));
    }

    @PUT
    @Path("/{project}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "updateProject", summary = "Change the name or the quotas of a project")
    public ProjectResponse update(@RestPath String project, ProjectChange request) {
        ProjectRef found = visible.enter(project);
        Project stored = projects.find(found);
        String name = request.name() == null ? stored.name() : ProjectName.checked(request.name());
        Quotas own = request.quotas() == null ? stored.own() : request.quotas().checked();
        return detailed(projects.update(found, name, own));
    }

    @DELETE
    @Path("/{project}")
    @ResponseStatus(204)
    @Operation(operationId = "deleteProject", summary = "Delete an empty project, with its members and API keys")
    public void delete(@RestPath String project) {
        projects.delete(visible.enter(project));
    }

    private ProjectResponse response(Project project) {
        return ProjectResponse.of(project, visible.role(project), null);
    }

    private ProjectResponse detailed(Project project) {
        return ProjectResponse.of(project, visible.role(project), QuotasResponse.of(project, quotas));
    }

    static ProblemException singleUser() {
        return new ProblemException(
                ProblemType.SINGLE_USER,
                "The service does not ask who somebody is, so everything is in the project default. Start it with"
                        + " DATAPIPELINE_AUTH=required to have users and more projects.");
    }
}
