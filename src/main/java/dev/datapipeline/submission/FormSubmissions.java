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

/** Makes runs from multipart forms: the pipeline is checked before the dataset is taken in, so that a refused form leaves nothing. */
@Singleton
class FormSubmissions {
    /** Our own form. */
    static final List<String> PARTS = List.of("dataset", "pipeline", "batch_size", "name");

    private static final String SEED_DEFINITION = "pipeline_definition_json";

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
        return submit(form, RunRequest.ofBatchSize(form.text("name"), form.number("batch_size")), () -> pipeline(form));
    }

    /**
     * The definition stands in {@code pipeline_definition_json} where that is present; the name may stand in {@code pipeline_name}.
     * Parts that the seed system did not know are ignored, and what a page sends for fields that were left empty counts as absent.
     */
    Run submitSeed(RunForm form) throws IOException {
        Integer batchSize = form.isFilled("batch_size") ? form.number("batch_size") : null;
        return submit(form, RunRequest.ofBatchSize(null, batchSize), () -> seedPipeline(form));
    }

    private interface PipelinePart {
        Pipeline read() throws IOException;
    }

    private Pipeline pipeline(RunForm form) throws IOException {
        try (InputStream definition = form.open("pipeline")) {
            return pipelines.read(definition, form.scripts(), "pipeline");
        }
    }

    private Pipeline seedPipeline(RunForm form) throws IOException {
        String name = form.isFilled("pipeline_name") ? form.text("pipeline_name") : null;
        try (InputStream definition = form.open(form.isFilled(SEED_DEFINITION) ? SEED_DEFINITION : "pipeline")) {
            return pipelines.readSeed(definition, form.scripts(), name);
        }
    }

    private Run submit(RunForm form, RunRequest options, PipelinePart part) throws IOException {
        submissions.checkOptions(options);
        Pipeline pipeline = part.read();
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
