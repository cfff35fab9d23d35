package dev.datapipeline.submission;

import dev.datapipeline.dataset.Dataset;
import dev.datapipeline.dataset.DatasetService;
import dev.datapipeline.dataset.upload.Upload;
import dev.datapipeline.environment.options.EnvironmentOptionsRequest;
import dev.datapipeline.environment.requirement.PackageList;
import dev.datapipeline.environment.requirement.RequirementsFile;
import dev.datapipeline.http.json.JsonDocuments;
import dev.datapipeline.llm.options.ModelOptionsRequest;
import dev.datapipeline.memory.MemoryBudget;
import dev.datapipeline.memory.MemoryLease;
import dev.datapipeline.pipeline.Pipeline;
import dev.datapipeline.pipeline.form.FormPipelines;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.project.CurrentAccess;
import dev.datapipeline.run.Run;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Creates runs from multipart forms. The pipeline is checked before the dataset is stored, so that a rejected form leaves nothing. */
@Singleton
public class FormSubmissions {
    private static final String PACKAGES = "packages";

    private static final String IMAGE = "image";

    private static final String MEMORY = "memory_megabytes";

    /** Our own form. */
    static final List<String> PARTS = List.of(
            "dataset",
            "separator",
            "records",
            "member",
            "sheet",
            "pipeline",
            "batch_size",
            "name",
            "llm",
            PACKAGES,
            IMAGE,
            MEMORY);

    private static final String SEED_DEFINITION = "pipeline_definition_json";

    /** Fits the frame in which a sandbox receives its pipeline, and some more. */
    private static final long LONGEST_SCRIPTS = 18L << 20;

    private static final long LONGEST_OPTIONS = 64 * 1024;

    /** Scripts up to this size need no memory lease. */
    private static final long UNCOUNTED = 256 * 1024;

    /** Memory for the scripts of a form; null if they are small. */
    private static final int COPIES = 6;

    private final FormPipelines pipelines;
    private final DatasetService datasets;
    private final RunSubmissions submissions;
    private final CurrentAccess access;
    private final MemoryBudget memory;
    private final JsonDocuments documents;

    FormSubmissions(
            FormPipelines pipelines,
            DatasetService datasets,
            RunSubmissions submissions,
            CurrentAccess access,
            MemoryBudget memory,
            JsonDocuments documents) {
        this.pipelines = pipelines;
        this.datasets = datasets;
        this.submissions = submissions;
        this.access = access;
        this.memory = memory;
        this.documents = documents;
    }

    Submitted submit(RunForm form) throws IOException {
        form.rejectUnknown(PARTS);
        RunRequest options =
                RunRequest.ofForm(form.text("name"), form.number("batch_size"), models(form), environment(form));
        return submit(form, options, () -> pipeline(form));
    }

    /**
     * The definition is {@code pipeline_definition_json} if present; {@code pipeline_name} overrides the name. Unknown parts are ignored,
     * and empty parts count as missing, as in the seed system.
     */
    public Submitted submitSeed(RunForm form) throws IOException {
        Integer batchSize = form.isFilled("batch_size") ? form.number("batch_size") : null;
        return submit(form, RunRequest.ofForm(null, batchSize, null, environment(form)), () -> seedPipeline(form));
    }

    /**
     * The result of a form.
     *
     * @param notes sentences about how its dataset was understood
     */
    public record Submitted(Run run, List<String> notes) {}

    private @Nullable ModelOptionsRequest models(RunForm form) throws IOException {
        if (!form.isFilled("llm")) {
            return null;
        }
        if (form.bytes("llm") > LONGEST_OPTIONS) {
            throw new ProblemException(
                    ProblemType.TOO_LARGE, "The part \"llm\" has at most %,d bytes.".formatted(LONGEST_OPTIONS));
        }
        try (InputStream options = form.open("llm")) {
            return documents.read(options, ModelOptionsRequest.class);
        }
    }

    private static @Nullable EnvironmentOptionsRequest environment(RunForm form) throws IOException {
        boolean hasPackages = form.isFilled(PACKAGES);
        boolean hasImage = form.isFilled(IMAGE);
        boolean hasMemory = form.isFilled(MEMORY);
        return hasPackages || hasImage || hasMemory
                ? EnvironmentOptionsRequest.ofForm(
                        hasPackages ? packages(form) : null,
                        hasImage ? form.text(IMAGE) : null,
                        hasMemory ? form.number(MEMORY) : null)
                : null;
    }

    /** The part is the text of a requirements file. */
    private static PackageList packages(RunForm form) throws IOException {
        return RequirementsFile.read(String.valueOf(form.text(PACKAGES)));
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

    private Submitted submit(RunForm form, RunRequest options, PipelinePart part) throws IOException {
        submissions.checkOptions(options);
        try (MemoryLease scripts =
                reserve(form.bytes("pipeline") + form.bytes(SEED_DEFINITION) + form.bytesOfScripts())) {
            Upload described = form.upload("dataset");
            return submit(form, described, part.read(), options);
        }
    }

    /** Memory for the scripts of a form; null where they need little. */
    private @Nullable MemoryLease reserve(long bytes) {
        if (bytes > LONGEST_SCRIPTS) {
            throw new ProblemException(
                    ProblemType.TOO_LARGE,
                    "The pipeline and the scripts of a form may have %,d bytes together; these have %,d. Shorten them."
                            .formatted(LONGEST_SCRIPTS, bytes));
        }
        return bytes <= UNCOUNTED ? null : memory.tryTake(COPIES * bytes).orElseThrow(MemoryBudget::unavailable);
    }

    private Submitted submit(RunForm form, Upload described, Pipeline pipeline, RunRequest options) throws IOException {
        submissions.checkPipeline(pipeline, options);
        Dataset dataset;
        try (InputStream upload = form.open("dataset")) {
            dataset = datasets.ingest(access.project(), described, upload);
        }
        return new Submitted(submit(dataset, pipeline, options), dataset.notes());
    }

    /** Deletes the dataset again if the run is rejected, for example for its number of records. */
    private Run submit(Dataset dataset, Pipeline pipeline, RunRequest options) {
        try {
            return submissions.submit(dataset, pipeline, options);
        } catch (ProblemException rejected) {
            datasets.delete(dataset);
            throw rejected;
        }
    }
}
