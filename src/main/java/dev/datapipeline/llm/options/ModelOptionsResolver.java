package dev.datapipeline.llm.options;

import dev.datapipeline.llm.call.CallScope.Cache;
import dev.datapipeline.llm.call.ModelAccess;
import dev.datapipeline.llm.money.Picodollars;
import dev.datapipeline.llm.money.PriceTable;
import dev.datapipeline.llm.money.UpstreamPrices;
import dev.datapipeline.llm.upstream.LlmConfig;
import dev.datapipeline.llm.upstream.Upstream;
import dev.datapipeline.llm.upstream.Upstreams;
import dev.datapipeline.problem.FieldError;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns what a client says about model calls into what a run may do, with the settings of the service. */
@Singleton
public class ModelOptionsResolver {
    /** Enough for most answers, and little enough that a claim does not block a small budget. */
    public static final long DEFAULT_MAX_OUTPUT_TOKENS = 4096;

    private final Upstreams upstreams;
    private final UpstreamPrices prices;
    private final Picodollars runBudget;

    ModelOptionsResolver(Upstreams upstreams, UpstreamPrices prices, LlmConfig config) {
        this.upstreams = upstreams;
        this.prices = prices;
        this.runBudget = Picodollars.ofDollars(config.runBudget());
    }

    /**
     * What a request may call: by what it says itself, else by what its pipeline says.
     *
     * @param own null where the request says nothing
     * @param ownPointer where that stands in the document of the client
     * @param ofPipeline null where the pipeline says nothing
     * @param pipelinePointer where the client named the pipeline
     * @return null where neither says anything
     * @throws ProblemException OUT_OF_RANGE, UNKNOWN_UPSTREAM, UNKNOWN_MODEL or UNKNOWN_PRICE
     */
    public @Nullable GrantedModels resolve(
            @Nullable ModelOptionsRequest own,
            String ownPointer,
            @Nullable ModelOptions ofPipeline,
            String pipelinePointer) {
        if (own != null) {
            return resolve(checked(own, ownPointer), ownPointer);
        }
        return ofPipeline == null ? null : resolve(ofPipeline, pipelinePointer);
    }

    /** What runs of forms may call that say nothing: the default upstream, where there is one. */
    public @Nullable GrantedModels byDefault() {
        ModelOptions nothing = new ModelOptions(null, null, null, null, null);
        return upstreams
                .defaultUpstream()
                .map(upstream -> granted(upstream, nothing))
                .orElse(null);
    }

    /**
     * @param pointer where the options stand in the document of the client
     * @throws ProblemException OUT_OF_RANGE, UNKNOWN_UPSTREAM, UNKNOWN_MODEL or UNKNOWN_PRICE
     */
    public GrantedModels resolve(ModelOptions options, String pointer) {
        Upstream upstream = upstream(options.upstream(), pointer);
        if (options.models() != null) {
            check(upstream, options.models(), pointer + "/models");
        }
        return granted(upstream, options);
    }

    /** @throws ProblemException OUT_OF_RANGE with everything that is wrong with the values */
    public ModelOptions checked(ModelOptionsRequest request, String pointer) {
        List<FieldError> errors = new ArrayList<>();
        ModelOptions options = request.read(pointer, errors);
        reject(ProblemType.OUT_OF_RANGE, errors);
        return options;
    }

    private GrantedModels granted(Upstream upstream, ModelOptions options) {
        ModelAccess access = new ModelAccess(
                upstream.name(),
                options.models() == null ? List.of() : options.models(),
                options.maxOutputTokens() == null ? DEFAULT_MAX_OUTPUT_TOKENS : options.maxOutputTokens(),
                options.cache() == null ? Cache.OFF : options.cache(),
                null);
        return new GrantedModels(
                access, options.budget() == null ? runBudget : Picodollars.ofDollars(options.budget()));
    }

    private Upstream upstream(@Nullable String name, String pointer) {
        Optional<Upstream> found = name == null ? upstreams.defaultUpstream() : upstreams.find(name);
        return found.orElseThrow(() -> ProblemException.invalidField(
                ProblemType.UNKNOWN_UPSTREAM, pointer + "/upstream", missing(name == null) + available()));
    }

    private static String missing(boolean isDefault) {
        return isDefault
                ? "No upstream for model calls is the default here; name one."
                : "There is no upstream for model calls of this name.";
    }

    private String available() {
        String names = upstreams.all().stream().map(Upstream::name).collect(Collectors.joining(", "));
        return names.isEmpty()
                ? " An administrator can configure one: datapipeline.llm.upstreams."
                : " The upstreams are: " + names + ".";
    }

    private void check(Upstream upstream, List<String> models, String pointer) {
        PriceTable table = prices.of(upstream.name());
        List<FieldError> unknown = new ArrayList<>();
        List<FieldError> unpriced = new ArrayList<>();
        for (int index = 0; index < models.size(); index++) {
            String model = models.get(index);
            if (!upstream.allows(model)) {
                unknown.add(new FieldError(pointer + "/" + index, "is not allowed by the upstream " + upstream.name()));
            } else if (!table.price(model).isKnown()) {
                unpriced.add(new FieldError(
                        pointer + "/" + index,
                        "has no price, so that no budget can hold; an administrator can set one for the upstream "
                                + upstream.name()));
            }
        }
        reject(ProblemType.UNKNOWN_MODEL, unknown);
        reject(ProblemType.UNKNOWN_PRICE, unpriced);
    }

    private static void reject(ProblemType type, List<FieldError> errors) {
        if (!errors.isEmpty()) {
            FieldError first = errors.getFirst();
            throw new ProblemException(type, first.pointer() + " " + first.message() + ".", errors);
        }
    }
}
