package dev.datapipeline.trial;

import dev.datapipeline.llm.call.CallScope.Kind;
import dev.datapipeline.llm.gateway.ModelGateway;
import dev.datapipeline.llm.ledger.ModelCalls;
import dev.datapipeline.llm.options.GrantedModels;
import dev.datapipeline.llm.options.ModelOptionsRequest;
import dev.datapipeline.llm.options.ModelOptionsResolver;
import dev.datapipeline.outbound.OutboundAccess;
import dev.datapipeline.pipeline.Pipeline;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.project.ProjectAccess;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lets trials call models, each with a small budget of its own. */
@Singleton
class TrialModels {
    private final ModelOptionsResolver options;
    private final ModelGateway gateway;
    private final ModelCalls calls;

    TrialModels(ModelOptionsResolver options, ModelGateway gateway, ModelCalls calls) {
        this.options = options;
        this.gateway = gateway;
        this.calls = calls;
    }

    /**
     * @return null where neither the request nor its pipeline asks for model calls
     * @throws ProblemException as for a run
     */
    @Nullable
    GrantedModels check(@Nullable ModelOptionsRequest own, Pipeline pipeline) {
        return options.resolve(own, "/llm", pipeline.llm(), "/pipeline/llm");
    }

    /** Opens the account of a trial. */
    TrialCalls begin(GrantedModels models, ProjectAccess caller) {
        UUID trial = UUID.randomUUID();
        OutboundAccess access = gateway.access(
                        models.access().in(caller.project()).scope(Kind.TRIAL, trial))
                .orElseThrow();
        calls.trialBegins(trial, models.budget());
        return new TrialCalls(calls, trial, access);
    }
}
