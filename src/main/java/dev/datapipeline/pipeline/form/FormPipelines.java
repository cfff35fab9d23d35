package dev.datapipeline.pipeline.form;

import dev.datapipeline.http.json.JsonDocuments;
import dev.datapipeline.pipeline.Pipeline;
import dev.datapipeline.pipeline.PipelineRequest;
import dev.datapipeline.pipeline.ScriptFile;
import dev.datapipeline.pipeline.ScriptRequest;
import dev.datapipeline.pipeline.Stage;
import dev.datapipeline.pipeline.StepRequest;
import dev.datapipeline.pipeline.Violations;
import dev.datapipeline.pipeline.form.FormDefinition.FormStep;
import dev.datapipeline.problem.ProblemException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Assembles a pipeline from a form: a JSON definition and script files. */
@Singleton
public final class FormPipelines {
    private final JsonDocuments documents;

    public FormPipelines(JsonDocuments documents) {
        this.documents = documents;
    }

    /**
     * The n-th step whose main script has no source in the definition takes the n-th number among the parts {@code main_N}, and
     * {@code pre_N} and {@code post_N} with it.
     *
     * @param definition JSON, of the shape that {@link FormDefinition} describes
     * @param scripts by the name of the part; those of files that were not chosen do no harm
     * @param defaultName name of the pipeline where the definition has none
     * @throws ProblemException the definition is broken, a part is missing or superfluous, a rule is broken; places are those in the
     *     pipeline that comes of it, such as {@code /steps/0/main/source}
     * @throws IOException the definition cannot be read
     */
    public Pipeline read(InputStream definition, Map<String, ScriptFile> scripts, String defaultName)
            throws IOException {
        FormDefinition form = documents.read(definition, FormDefinition.class);
        FormScripts files = new FormScripts(scripts);
        Pipeline pipeline = assemble(form, files, form.name() == null ? defaultName : form.name());
        files.rejectUnused();
        return pipeline;
    }

    /**
     * As {@link #read}, and as lenient as the seed system was: what the definition has besides a {@link SeedDefinition}, and script parts
     * that no step uses, are ignored.
     *
     * @param name of the pipeline; null to take that of the definition
     * @throws ProblemException the definition is broken, a part is missing, a rule is broken
     * @throws IOException the definition cannot be read
     */
    public Pipeline readSeed(InputStream definition, Map<String, ScriptFile> scripts, @Nullable String name)
            throws IOException {
        FormDefinition form =
                documents.readKnownMembers(definition, SeedDefinition.class).toForm();
        String ownName = form.name() == null ? "pipeline" : form.name();
        return assemble(form, new FormScripts(scripts), name == null ? ownName : name);
    }

    private static Pipeline assemble(FormDefinition form, FormScripts files, String name) {
        Violations violations = new Violations();
        form.check(violations);
        violations.reject();
        List<@Nullable FormStep> steps = form.steps() == null ? List.of() : form.steps();
        Iterator<Integer> numbers = files.numbersFor(
                        (int) steps.stream().filter(FormPipelines::takesParts).count())
                .iterator();
        List<@Nullable StepRequest> complete = new ArrayList<>();
        for (FormStep step : steps) {
            complete.add(step == null ? null : complete(step, takesParts(step) ? numbers.next() : null, files));
        }
        return new PipelineRequest(name, form.description(), complete, null, form.environment()).toPipeline("");
    }

    private static boolean takesParts(@Nullable FormStep step) {
        return step != null && !step.hasSource(Stage.MAIN);
    }

    private static StepRequest complete(FormStep step, @Nullable Integer number, FormScripts files) {
        return new StepRequest(
                step.name(),
                script(step, Stage.PRE, number, files),
                script(step, Stage.MAIN, number, files),
                script(step, Stage.POST, number, files));
    }

    private static @Nullable ScriptRequest script(
            FormStep step, Stage stage, @Nullable Integer number, FormScripts files) {
        if (number == null || step.hasSource(stage)) {
            return step.script(stage);
        }
        ScriptFile file = files.take(stage, number);
        if (file != null) {
            String label = step.label(stage);
            String fallback = new ScriptPart(stage, number).name() + ".py";
            return new ScriptRequest(label == null ? file.label(fallback) : label, file.source());
        }
        if (step.names(stage)) {
            throw FormScripts.missing(stage, number);
        }
        return null;
    }
}
