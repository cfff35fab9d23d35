package dev.datapipeline.llm.api;

import dev.datapipeline.llm.money.Picodollars;
import dev.datapipeline.llm.money.UpstreamPrices;
import dev.datapipeline.llm.options.ModelOptionsResolver;
import dev.datapipeline.llm.upstream.LlmConfig;
import dev.datapipeline.llm.upstream.Upstream;
import dev.datapipeline.llm.upstream.UpstreamCheck;
import dev.datapipeline.llm.upstream.Upstreams;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.time.Ticker;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Where model calls go. Upstreams are settings: they are read here, not written. */
@Path("/api/v1/llm/upstreams")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Model calls")
class UpstreamResource {
    private final Upstreams upstreams;
    private final UpstreamPrices prices;
    private final LlmConfig config;
    private final Ticker ticker;

    UpstreamResource(Upstreams upstreams, UpstreamPrices prices, LlmConfig config, Ticker ticker) {
        this.upstreams = upstreams;
        this.prices = prices;
        this.config = config;
        this.ticker = ticker;
    }

    /**
     * @param runBudget dollars that a run may spend which says nothing
     * @param trialBudget dollars that a trial may spend at most
     * @param defaultMaxOutputTokens bound of answers where neither run nor call says one
     */
    @Schema(name = "LlmUpstreams")
    record UpstreamList(
            @Schema(required = true) List<UpstreamResponse> items,
            @Schema(required = true) String runBudget,
            @Schema(required = true) String trialBudget,
            @Schema(required = true) long defaultMaxOutputTokens) {}

    @GET
    @Operation(operationId = "listUpstreams", summary = "The upstreams of model calls by name, without their keys")
    public UpstreamList list() {
        return new UpstreamList(
                upstreams.all().stream()
                        .map(upstream -> UpstreamResponse.of(upstream, prices.of(upstream.name())))
                        .toList(),
                Picodollars.ofDollars(config.runBudget()).text(),
                Picodollars.ofDollars(config.trialBudget()).text(),
                ModelOptionsResolver.DEFAULT_MAX_OUTPUT_TOKENS);
    }

    @POST
    @Path("/{name}/check")
    @Operation(
            operationId = "checkUpstream",
            summary = "Ask an upstream for its models, to see whether it is there and accepts the key")
    public UpstreamCheckResponse check(@RestPath String name) {
        Upstream upstream = upstreams.find(name).orElseThrow(() -> ProblemException.notFound("upstream"));
        long begin = ticker.nanoTime();
        UpstreamCheck.Result result = UpstreamCheck.of(upstream).join();
        return UpstreamCheckResponse.of(result, TimeUnit.NANOSECONDS.toMillis(ticker.nanoTime() - begin));
    }
}
