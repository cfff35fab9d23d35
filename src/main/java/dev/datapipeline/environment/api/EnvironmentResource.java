package dev.datapipeline.environment.api;

import dev.datapipeline.environment.lock.Lock;
import dev.datapipeline.environment.options.EnvironmentRules;
import dev.datapipeline.environment.requirement.DeclaredPackages;
import dev.datapipeline.environment.service.EnvironmentRef;
import dev.datapipeline.environment.service.EnvironmentRemovals;
import dev.datapipeline.environment.service.Environments;
import dev.datapipeline.environment.service.VisibleEnvironments;
import dev.datapipeline.environment.store.Environment;
import dev.datapipeline.environment.store.EnvironmentStatus;
import dev.datapipeline.http.paging.Cursor;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Environments over HTTP. */
@Path("/api/v1/environments")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Environments")
class EnvironmentResource {
    private static final String PATH = "/api/v1/environments/";
    private static final Set<String> FORMATS = Set.of("pylock", "requirements", "json");

    private final Environments environments;
    private final EnvironmentReader reader;
    private final EnvironmentRemovals removals;
    private final VisibleEnvironments visible;
    private final EnvironmentRules rules;

    EnvironmentResource(
            Environments environments,
            EnvironmentReader reader,
            EnvironmentRemovals removals,
            VisibleEnvironments visible,
            EnvironmentRules rules) {
        this.environments = environments;
        this.reader = reader;
        this.removals = removals;
        this.visible = visible;
        this.rules = rules;
    }

    /**
     * A part of a log.
     *
     * @param next where the next part begins
     * @param isFinal whether nothing will be added
     */
    @Schema(name = "EnvironmentLog")
    record LogResponse(
            @Schema(required = true) String text,
            @Schema(required = true) long next,
            @Schema(required = true) boolean isFinal) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "requestEnvironment",
            summary =
                    "Ask for an environment with these packages; the same packages get the same environment for a day")
    @APIResponse(
            responseCode = "202",
            description = "It is there, or will be built; Location names it",
            content = @Content(schema = @Schema(implementation = EnvironmentResponse.class)))
    public RestResponse<EnvironmentResponse> request(EnvironmentRequest request) {
        DeclaredPackages declared = request.declared();
        rules.requireImage(request.image(), "/image");
        EnvironmentRef asked = visible.ask(declared, request.isUpdate());
        return RestResponse.ResponseBuilder.create(RestResponse.Status.ACCEPTED, reader.get(asked))
                .header(HttpHeaders.LOCATION, PATH + asked.id())
                .build();
    }

    @GET
    @Operation(operationId = "listEnvironments", summary = "Environments, newest first, and the disk space of all")
    public EnvironmentPage list(
            @RestQuery @Nullable EnvironmentStatus status,
            @RestQuery @DefaultValue("50") @Min(1) @Max(200) int limit,
            @RestQuery @Nullable Cursor cursor) {
        return reader.list(visible.access(), status, cursor, limit);
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getEnvironment", summary = "One environment with its packages, and how far its build is")
    public EnvironmentResponse get(@RestPath UUID id) {
        return reader.get(visible.ref(id));
    }

    @GET
    @Path("/{id}/log")
    @Operation(operationId = "getEnvironmentLog", summary = "What resolving and building have said so far")
    public LogResponse log(
            @RestPath UUID id,
            @Parameter(description = "Characters to leave out: the next of the part before")
                    @RestQuery
                    @DefaultValue("0")
                    @Min(0)
                    long from) {
        EnvironmentRef environment = visible.ref(id);
        // In this order, so that nothing is missed that was written before the end.
        boolean isFinal = !environments.find(environment).status().isOpen();
        String text = environments.log(environment, from);
        return new LogResponse(text, from + text.codePointCount(0, text.length()), isFinal);
    }

    @GET
    @Path("/{id}/lock")
    @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
    @Operation(
            operationId = "getLock",
            summary = "The locked packages: as pylock.toml (PEP 751), as requirements with hashes, or as JSON")
    @APIResponse(
            responseCode = "200",
            content = @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(type = SchemaType.STRING)))
    public Response lock(
            @RestPath UUID id,
            @RestQuery @DefaultValue("pylock") @Schema(enumeration = {"pylock", "requirements", "json"})
                    String format) {
        if (!FORMATS.contains(format)) {
            throw ProblemException.invalidParameter("format", "must be pylock, requirements or json");
        }
        Environment environment = environments.find(visible.ref(id));
        Lock lock = environment.lock();
        if (lock == null) {
            throw new ProblemException(
                            ProblemType.ENVIRONMENT_NOT_READY,
                            "The packages are not locked: the environment is %s.".formatted(environment.status()))
                    .withEnvironment(id);
        }
        return switch (format) {
            case "pylock" -> file("pylock.toml", lock.pylock());
            case "requirements" -> file("requirements.txt", lock.requirements());
            default -> Response.ok(lock, MediaType.APPLICATION_JSON_TYPE).build();
        };
    }

    private static Response file(String name, String text) {
        return Response.ok(text, MediaType.TEXT_PLAIN + ";charset=UTF-8")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .build();
    }

    @DELETE
    @Path("/{id}")
    @Operation(
            operationId = "deleteEnvironment",
            summary =
                    "Remove the files of an environment, or end its build; while runs or pipelines refer to it, it is made again from its lock when needed")
    @APIResponse(responseCode = "204", content = @Content(schema = @Schema(type = SchemaType.STRING)))
    public void delete(@RestPath UUID id) {
        EnvironmentRef environment = visible.ref(id);
        if (!removals.remove(environment)) {
            throw new ProblemException(
                            ProblemType.ENVIRONMENT_IN_USE,
                            "The environment is %s, and a run or a trial uses it or waits for it. Wait for its end or cancel it."
                                    .formatted(environments.find(environment).status()))
                    .withEnvironment(id);
        }
    }
}
