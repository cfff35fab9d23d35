package dev.datapipeline.llm.call;

import dev.datapipeline.identity.Membership;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which models the scripts of a run may call, and how. What they may spend is the budget of the run, which can change while it runs.
 *
 * @param upstream name of the upstream in the settings
 * @param models that may be called; empty for all that the upstream allows
 * @param maxOutputTokens given to calls that name no bound themselves; 0 for none
 * @param project whose runs share answers; null for the default one
 */
public record ModelAccess(
        String upstream,
        List<String> models,
        long maxOutputTokens,
        CallScope.Cache cache,
        @Nullable UUID project) {
    public ModelAccess {
        models = List.copyOf(models);
    }

    /** The same for runs and trials of a project: no other project gets its answers, or learns from their speed that there are some. */
    public ModelAccess in(UUID other) {
        return new ModelAccess(
                upstream, models, maxOutputTokens, cache, other.equals(Membership.DEFAULT_PROJECT) ? null : other);
    }

    /** What the sandboxes of a run or a trial may do with it; the settings of the upstream may grant more. */
    public CallScope scope(CallScope.Kind kind, UUID id) {
        return new CallScope(kind, id, upstream, models, maxOutputTokens, cache, project, Set.of());
    }
}
