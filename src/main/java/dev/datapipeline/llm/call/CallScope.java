package dev.datapipeline.llm.call;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * On whose account calls are made and what they may do. Whoever starts a sandbox gives one to the gateway; it stays the same for the life
 * of the sandbox's socket.
 *
 * @param id of the run or the trial; with the kind it names the budget
 * @param upstream name of the upstream in the settings
 * @param models that may be called; empty for all that the upstream allows
 * @param maxOutputTokens given to calls that name no bound themselves; 0 for none
 * @param project whose runs share answers; null for the default one
 * @param grants refused to everybody else
 */
public record CallScope(
        Kind kind,
        UUID id,
        String upstream,
        List<String> models,
        long maxOutputTokens,
        Cache cache,
        @Nullable UUID project,
        Set<Grant> grants) {
    public CallScope {
        models = List.copyOf(models);
        grants = Set.copyOf(grants);
    }

    /** The same with these grants as well. */
    public CallScope granting(Set<Grant> more) {
        Set<Grant> all = new HashSet<>(grants);
        all.addAll(more);
        return new CallScope(kind, id, upstream, models, maxOutputTokens, cache, project, all);
    }

    /** Names those whose equal requests have equal answers. */
    public String sharing() {
        return project == null ? upstream : upstream + "\n" + project;
    }

    public enum Kind {
        RUN,
        TRIAL
    }

    /** Whether answers are shared between runs. Replay within a run is always on. */
    public enum Cache {
        @JsonProperty("off")
        OFF,

        @JsonProperty("exact")
        EXACT
    }

    /** Ways in which a model reaches the network or keeps state on the script's behalf; an administrator allows them one by one. */
    public enum Grant {
        SERVER_TOOLS,
        REMOTE_URLS,
        STORED_STATE
    }
}
