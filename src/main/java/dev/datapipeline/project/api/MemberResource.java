package dev.datapipeline.project.api;

import dev.datapipeline.identity.Role;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.project.CurrentAccess;
import dev.datapipeline.project.Member;
import dev.datapipeline.project.ProjectRef;
import dev.datapipeline.project.Projects;
import dev.datapipeline.project.VisibleProjects;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
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

/** The members of a project. */
@Path("/api/v1/projects/{project}/members")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Projects")
class MemberResource {
    private final VisibleProjects visible;
    private final Projects projects;
    private final CurrentAccess access;

    MemberResource(VisibleProjects visible, Projects projects, CurrentAccess access) {
        this.visible = visible;
        this.projects = projects;
        this.access = access;
    }

    @Schema(name = "Members")
    record Members(List<Member> items) {}

    @Schema(name = "MemberRequest")
    record MemberRequest(@Nullable Role role) {}

    @GET
    @Operation(operationId = "listMembers", summary = "The members of a project, by name")
    public Members list(@RestPath String project) {
        return new Members(projects.members(visible.enter(project)));
    }

    @PUT
    @Path("/{user}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putMember",
            summary = "Make a user, by name or id, a member of a project, or give a member another role")
    public Member put(@RestPath String project, @RestPath String user, MemberRequest request) {
        ProjectRef found = visible.enter(project);
        requireUsers();
        Role role = request.role();
        if (role == null) {
            throw ProblemException.invalidField(ProblemType.MISSING_FIELD, "/role", "The field \"role\" is missing.");
        }
        return projects.put(found, user, role);
    }

    @DELETE
    @Path("/{user}")
    @ResponseStatus(204)
    @Operation(
            operationId = "deleteMember",
            summary = "Remove a user from a project; the user's API keys for it are refused from then on")
    public void delete(@RestPath String project, @RestPath String user) {
        ProjectRef found = visible.enter(project);
        requireUsers();
        projects.remove(found, user);
    }

    private void requireUsers() {
        if (access.get().isOfSingleUser()) {
            throw ProjectResource.singleUser();
        }
    }
}
