package dev.datapipeline.environment.api;

import dev.datapipeline.dataset.upload.MinRateInputStream;
import dev.datapipeline.dataset.upload.UploadLimiter;
import dev.datapipeline.environment.service.Environments;
import dev.datapipeline.environment.wheel.WheelRefusedException;
import dev.datapipeline.environment.wheel.store.FileWheelStore;
import dev.datapipeline.environment.wheel.store.UploadedWheel;
import dev.datapipeline.environment.wheel.store.WheelUploads;
import dev.datapipeline.problem.DiskFailures;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Wheels that users upload, for places without an index and for packages of their own. */
@Path("/api/v1/wheels")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Environments")
class WheelResource {
    private final WheelUploads uploads;
    private final FileWheelStore store;
    private final UploadLimiter places;
    private final Environments environments;

    WheelResource(WheelUploads uploads, FileWheelStore store, UploadLimiter places, Environments environments) {
        this.uploads = uploads;
        this.store = store;
        this.places = places;
        this.environments = environments;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @ResponseStatus(201)
    @Operation(operationId = "uploadWheels", summary = "Upload a wheel, or a zip file of wheels; all of them or none")
    @APIResponse(
            responseCode = "201",
            description = "The wheels that were uploaded",
            content = @Content(schema = @Schema(implementation = WheelResponse.Wheels.class)))
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/zip",
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public WheelResponse.Wheels upload(
            @Parameter(description = "File name of a single wheel, such as acme_tools-1.0-py3-none-any.whl")
                    @RestQuery
                    @Nullable
                    String filename,
            InputStream body) {
        try (UploadLimiter.Place place = places.take()) {
            List<UploadedWheel> taken =
                    uploads.take(new MinRateInputStream(body, places.rate()), Optional.ofNullable(filename));
            environments.forgetFailures();
            return WheelResponse.Wheels.of(taken);
        } catch (WheelRefusedException refused) {
            throw new ProblemException(ProblemType.WHEEL_REFUSED, refused.text());
        } catch (WheelUploads.NoRoomException full) {
            throw new ProblemException(ProblemType.NO_SPACE, full.text());
        } catch (IOException failure) {
            throw unexpected(failure);
        }
    }

    @GET
    @Operation(operationId = "listWheels", summary = "The uploaded wheels, by file name")
    public WheelResponse.Wheels list() {
        try {
            return WheelResponse.Wheels.of(store.uploads());
        } catch (IOException failure) {
            throw unexpected(failure);
        }
    }

    @DELETE
    @Path("/{sha256}")
    @ResponseStatus(204)
    @Operation(
            operationId = "deleteWheel",
            summary = "Delete an uploaded wheel; environments that were built with it stay, and cannot be built again")
    public void delete(@RestPath String sha256) {
        try {
            if (!store.deleteUpload(sha256)) {
                throw ProblemException.notFound("uploaded wheel");
            }
        } catch (IOException failure) {
            throw unexpected(failure);
        }
    }

    private static RuntimeException unexpected(IOException failure) {
        ProblemException full = DiskFailures.problem(failure);
        return full == null ? new UncheckedIOException(failure) : full;
    }
}
