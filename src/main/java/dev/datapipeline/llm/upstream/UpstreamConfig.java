package dev.datapipeline.llm.upstream;

import dev.datapipeline.llm.call.CallScope.Grant;
import dev.datapipeline.settings.PositiveInteger;
import dev.datapipeline.upstream.NetworkConfig;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import io.smallrye.config.WithParentName;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One OpenAI-compatible server. */
public interface UpstreamConfig {
    /** For example {@code https://api.openai.com/v1}. */
    URI baseUrl();

    /** The key itself; better a file, or an environment variable that sets this. */
    Optional<String> apiKey();

    /** File whose content is the key. */
    Optional<Path> apiKeyFile();

    /** Name of a secret of the service whose value is the key. It may be set, changed and deleted at any time. */
    Optional<String> apiKeySecret();

    /** Whether runs that name no upstream use this one. */
    @WithName("default")
    @WithDefault("false")
    boolean isDefault();

    /** Requests a minute for each model; unlimited where nothing is said. */
    Optional<@WithConverter(PositiveInteger.class) Integer> requestsPerMinute();

    /** Tokens a minute for each model; unlimited where nothing is said. */
    Optional<@WithConverter(PositiveInteger.class) Integer> tokensPerMinute();

    /** Requests that may be open at one time. */
    @WithConverter(PositiveInteger.class)
    @WithDefault("64")
    int inFlight();

    /** States that calls cost nothing, as those to a model on a machine of your own. */
    @WithDefault("false")
    boolean free();

    /** Whether a call that failed at the upstream (5xx, a lost connection) is taken to cost nothing; else its claim stays booked. */
    @WithDefault("false")
    boolean releaseUncertain();

    /** Models that may be called; all where nothing is said. */
    Optional<Set<String>> models();

    /** What its models may do for scripts beyond answering; nothing where nothing is said. */
    Optional<Set<Grant>> grants();

    /** Prices of models, before those of the table that comes with the service. */
    Map<String, PriceConfig> prices();

    /** The way to it, instead of the one of all. */
    @WithParentName
    NetworkConfig network();

    /** Dollars for a million tokens. */
    interface PriceConfig {
        BigDecimal input();

        /** The price of the input where nothing is said. */
        Optional<BigDecimal> cachedInput();

        /** For input that the upstream writes to its cache; the price of the input where nothing is said. */
        Optional<BigDecimal> cacheWrite();

        BigDecimal output();

        /** The most tokens that an answer can have. */
        Optional<Long> maxOutput();
    }
}
