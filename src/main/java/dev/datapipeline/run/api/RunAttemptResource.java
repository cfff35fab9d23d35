package dev.datapipeline.run.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.datapipeline.http.download.DownloadLimiter;
import dev.datapipeline.memory.MemoryBudget;
import dev.datapipeline.memory.MemoryLease;
import dev.datapipeline.pipeline.Step;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.run.RunRef;
import dev.datapipeline.run.RunStatus;
import dev.datapipeline.run.service.VisibleRuns;
import dev.datapipeline.run.store.RunRepository;
import dev.datapipeline.run.store.attempt.RunAttempt;
import dev.datapipeline.run.store.attempt.RunAttempts;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** The attempts at a run over HTTP: its submission and each retry. */
@Path("/api/v1/runs/{id}/attempts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
class RunAttemptResource {
    /** Copies of the steps in memory while they are read and written. */
    private static final int COPIES = 3;

    private final VisibleRuns runs;
    private final RunAttempts attempts;
    private final DownloadLimiter downloads;
    private final MemoryBudget memory;

    RunAttemptResource(VisibleRuns runs, RunAttempts attempts, DownloadLimiter downloads, MemoryBudget memory) {
        this.runs = runs;
        this.attempts = attempts;
        this.downloads = downloads;
        this.memory = memory;
    }

    @Schema(name = "RunAttempts")
    record AttemptsResponse(List<AttemptResponse> items) {}

    @Schema(name = "RunAttempt")
    record AttemptResponse(
            @Schema(description = "From 1; each retry is one more")
            int number,

            RunStatus status,
            @Nullable String statusReason,

            @Schema(
                    description =
                            "The only cause whose failed records ran again; null for all records that had not succeeded")
            @Nullable
            String cause,

            @Schema(required = true, description = "When the run was submitted or retried")
            Instant submittedAt,

            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable Double recordsPerSecond,
            PipelineOfAttempt pipeline,
            RecordsAfterAttempt records,

            @Schema(description = "Whether its scripts are others than those of the attempt before")
            boolean hasOtherScripts) {
        static AttemptResponse of(RunAttempt attempt) {
            RunAttempt.Pipeline pipeline = attempt.pipeline();
            RunAttempt.Counts counts = attempt.counts();
            return new AttemptResponse(
                    attempt.number(),
                    attempt.status(),
                    attempt.statusReason(),
                    attempt.cause(),
                    attempt.submitted(),
                    attempt.started(),
                    attempt.finished(),
                    attempt.recordsPerSecond(),
                    new PipelineOfAttempt(pipeline.name(), pipeline.id(), pipeline.version()),
                    new RecordsAfterAttempt(counts.succeeded(), counts.failed(), counts.skipped(), counts.cancelled()),
                    attempt.hasOtherScripts());
        }
    }

    @Schema(name = "PipelineOfAttempt")
    record PipelineOfAttempt(
            String name,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            UUID id,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Integer version) {}

    @Schema(name = "RecordsAfterAttempt", description = "Of the whole run, at the end of the attempt or now")
    record RecordsAfterAttempt(long succeeded, long failed, long skipped, long cancelled) {}

    @GET
    @Operation(
            operationId = "listRunAttempts",
            summary = "The attempts at a run, the newest first: its submission and each retry",
            description = "The newest thousand. Attempts from before the service kept them are not there.")
    public AttemptsResponse list(@RestPath UUID id) {
        RunRef run = runs.find(id).ref();
        return new AttemptsResponse(
                attempts.of(run).stream().map(AttemptResponse::of).toList());
    }

    @GET
    @Path("/{number: \\d+}/steps")
    @Operation(operationId = "getStepsOfRunAttempt", summary = "The steps that an attempt ran, with their scripts")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = Step.class)))
    public Object steps(@RestPath UUID id, @RestPath int number) {
        RunRef run = runs.ref(id);
        RunRepository.Steps found = read(run, number, RunDetails.MAX_CACHED_BYTES);
        if (found.json() != null) {
            return found.json();
        }
        StreamingOutput large = downloads.list((target, client) -> {
            try (MemoryLease lease = memory.tryTake(COPIES * found.bytes()).orElseThrow(MemoryBudget::unavailable)) {
                target.write(
                        String.valueOf(read(run, number, Long.MAX_VALUE).json()).getBytes(UTF_8));
            }
        });
        return large;
    }

    private RunRepository.Steps read(RunRef run, int number, long longest) {
        return attempts.steps(run, number, longest).orElseThrow(() -> ProblemException.notFound("attempt"));
    }
}
