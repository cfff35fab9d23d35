package dev.datapipeline.trial;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.datapipeline.environment.options.EnvironmentOptionsRequest;
import dev.datapipeline.http.download.Client;
import dev.datapipeline.http.download.DownloadLimiter;
import dev.datapipeline.http.json.BoundedList;
import dev.datapipeline.llm.options.GrantedModels;
import dev.datapipeline.llm.options.ModelOptionsRequest;
import dev.datapipeline.pipeline.Pipeline;
import dev.datapipeline.pipeline.PipelineRequest;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.project.CurrentAccess;
import dev.datapipeline.project.ProjectAccess;
import dev.datapipeline.project.quota.ProjectQuotas;
import dev.datapipeline.project.quota.RunningTrials;
import dev.datapipeline.results.RecordPageSchema;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Tries a pipeline on a few records, through the same sandbox as a run, keeping nothing. */
@Path("/api/v1/try")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "pipelines")
class TrialResource {
    private static final int MAX_RECORDS = 100;
    private static final int MAX_RECORD_BYTES = 16 * 1024 * 1024;

    private final TrialRunner trials;
    private final TrialModels models;
    private final TrialEnvironments environments;
    private final DownloadLimiter downloads;
    private final CurrentAccess access;
    private final ProjectQuotas quotas;

    TrialResource(
            TrialRunner trials,
            TrialModels models,
            TrialEnvironments environments,
            DownloadLimiter downloads,
            CurrentAccess access,
            ProjectQuotas quotas) {
        this.trials = trials;
        this.models = models;
        this.environments = environments;
        this.downloads = downloads;
        this.access = access;
        this.quotas = quotas;
    }

    /** @param records 1 to 100 JSON objects */
    @Schema(name = "TrialRequest")
    record TrialRequest(
            @Schema(required = true) @Nullable PipelineRequest pipeline,

            @Schema(required = true, implementation = Map[].class, minItems = 1, maxItems = 100)
            @JsonDeserialize(using = RawRecords.class)
            @Nullable
            List<@Nullable RawRecord> records,

            @Schema(description = "As for a run; the budget is at most that of the settings for a trial") @Nullable
            ModelOptionsRequest llm,

            @Schema(description = "Python packages for scripts; absent for what the pipeline says") @Nullable
            EnvironmentOptionsRequest environment) {
        Pipeline checkedPipeline() {
            if (pipeline == null) {
                throw ProblemException.invalidField(ProblemType.MISSING_FIELD, "/pipeline", "Give a pipeline.");
            }
            return pipeline.toPipeline("/pipeline");
        }

        List<RawRecord> checkedRecords() {
            if (records == null || records.isEmpty() || records.size() > MAX_RECORDS) {
                throw ProblemException.invalidField(ProblemType.OUT_OF_RANGE, "/records", "Give 1 to 100 records.");
            }
            List<RawRecord> checked = new ArrayList<>();
            for (RawRecord record : records) {
                checked.add(checked(record, "/records/" + checked.size()));
            }
            return checked;
        }

        private static RawRecord checked(@Nullable RawRecord record, String pointer) {
            if (record == null || !record.isObject()) {
                throw ProblemException.invalidField(
                        ProblemType.NOT_A_RECORD_LIST, pointer, "A record is a JSON object.");
            }
            if (record.json().length() > MAX_RECORD_BYTES) {
                throw ProblemException.invalidField(
                        ProblemType.RECORD_TOO_LARGE,
                        pointer,
                        "A record of a trial may have %,d bytes. Shorten it or leave it out."
                                .formatted(MAX_RECORD_BYTES));
            }
            return record;
        }
    }

    /** One more than is allowed is enough to be refused. */
    static final class RawRecords extends BoundedList<RawRecord> {
        RawRecords() {
            super(RawRecord.class, MAX_RECORDS + 1);
        }
    }

    /** The shape of the answer; for the OpenAPI document only, never built. */
    @Schema(name = "Trial")
    record TrialSchema(
            @Schema(required = true) List<RecordPageSchema.RecordSchema> records,

            @Schema(required = true, description = "What the scripts printed; lines begin with # and the index")
            String log,

            @Nullable TrialCostSchema llm,

            @Schema(
                    description =
                            "Why the pipeline could not be loaded, or TRIAL_TIMEOUT or TRIAL_TOO_LARGE when records are left out")
            RecordPageSchema.@Nullable ErrorSchema error) {}

    /** @param cost dollars as decimal text, what is unsettled included */
    @Schema(
            name = "TrialCost",
            description = "What the model calls of a trial came to; absent where scripts may call none")
    record TrialCostSchema(
            @Schema(required = true) long calls,
            @Schema(required = true) long promptTokens,
            @Schema(required = true) long completionTokens,
            @Schema(required = true) long cachedTokens,
            @Schema(required = true) String cost) {}

    @POST
    @Operation(operationId = "tryPipeline", summary = "Try a pipeline on 1 to 100 records without making a run")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = TrialSchema.class)))
    public StreamingOutput run(TrialRequest request) {
        Pipeline pipeline = request.checkedPipeline();
        List<RawRecord> records = request.checkedRecords();
        GrantedModels granted = models.check(request.llm(), pipeline);
        TrialEnvironment environment = environments.ask(request.environment(), pipeline);
        Long memory = TrialEnvironments.memory(request.environment(), pipeline);
        ProjectAccess caller = access.get();
        return downloads.single((target, client) -> {
            try (RunningTrials.Place place = quotas.trial(caller);
                    TrialCalls calls = granted == null ? null : models.begin(granted, caller)) {
                run(new TrialOrder(pipeline, records, calls, environment, memory), target, client);
            }
        });
    }

    private void run(TrialOrder order, OutputStream target, Client client) throws IOException {
        try {
            trials.run(order, target, client);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a trial is under way");
        }
    }
}
