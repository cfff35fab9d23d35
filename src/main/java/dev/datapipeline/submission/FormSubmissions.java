package dev.datapipeline.submission;

import dev.datapipeline.dataset.Dataset;
import dev.datapipeline.dataset.DatasetService;
import dev.datapipeline.pipeline.FormPipelines;
import dev.datapipeline.pipeline.Pipeline;
import dev.datapipeline.pipeline.ScriptChecks;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.run.Run;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes runs from multipart forms: the pipeline is checked before the dataset is taken in, so that a refused form leaves nothing. */
@Singleton
class FormSubmissions {
    /** Our own form. */
    static final List<String> PARTS = List.of("dataset", "pipeline", "batch_size", "name");
    /** What the seed's page sends besides. */
    static final List<String> SEED_PARTS =
            List.of("dataset", "pipeline", "batch_size", "pipeline_definition_json", "pipeline_name");

    private final FormPipelines pipelines;
    private final ScriptChecks checks;
    private final DatasetService datasets;
    private final RunSubmissions submissions;

    FormSubmissions(FormPipelines pipelines, ScriptChecks checks, DatasetService datasets, RunSubmissions submissions) {
        this.pipelines = pipelines;
        this.checks = checks;
        this.datasets = datasets;
        this.submissions = submissions;
    }

    Run submit(RunForm form) throws IOException {
        form.refuseUnknown(PARTS);
        return submit(form, "pipeline", null, form.text("name"));
    }

    /** The definition stands in {@code pipeline_definition_json} where that is present; its name may stand in {@code pipeline_name}. */
    Run submitSeed(RunForm form) throws IOException {
        form.refuseUnknown(SEED_PARTS);
        String part = form.isFilled("pipeline_definition_json") ? "pipeline_definition_json" : "pipeline";
        return submit(form, part, form.text("pipeline_name"), null);
    }

    private Run submit(RunForm form, String pipelinePart, @Nullable String pipelineName, @Nullable String name)
            throws IOException {
        RunRequest options = RunRequest.ofBatchSize(name, form.number("batch_size"));
        submissions.checkOptions(options);
        Pipeline pipeline;
        try (InputStream definition = form.open(pipelinePart)) {
            pipeline = pipelines.read(definition, form.scripts(), pipelineName == null ? "pipeline" : pipelineName);
        }
        checks.check(pipeline, "");
        Dataset dataset;
        try (InputStream upload = form.open("dataset")) {
            dataset = datasets.ingest(form.fileName("dataset"), upload);
        }
        return submit(dataset, pipeline, options);
    }

    /** The number of records may be what is refused: then the dataset goes again. */
    private Run submit(Dataset dataset, Pipeline pipeline, RunRequest options) {
        try {
            return submissions.submit(dataset, pipeline, options);
        } catch (ProblemException refused) {
            datasets.delete(dataset.id());
            throw refused;
        }
    }
}
