package dev.datapipeline.llm.upstream;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.math.BigDecimal;
import java.util.Map;

/** Model calls out of sandboxes: where they go and what they may cost. */
@ConfigMapping(prefix = "datapipeline.llm")
public interface LlmConfig {
    /** OpenAI-compatible servers by name. Without one, sandboxes have no way out. */
    Map<String, UpstreamConfig> upstreams();

    /** Dollars that a run may spend where it says nothing. */
    @WithDefault("1.00")
    BigDecimal runBudget();

    /** Dollars that a trial may spend. */
    @WithDefault("0.10")
    BigDecimal trialBudget();

    /** Dollars that all trials of a day may spend together. */
    @WithDefault("1.00")
    BigDecimal trialsPerDayBudget();

    Cache cache();

    /** Answers that runs share. */
    interface Cache {
        /** Bytes of answers kept on disk at most. */
        @WithDefault("1G")
        MemorySize size();
    }
}
