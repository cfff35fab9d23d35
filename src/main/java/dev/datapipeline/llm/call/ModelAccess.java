package dev.datapipeline.llm.call;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Which models the scripts of a run may call, and how. What they may spend is the budget of the run, which can change while it runs.
 *
 * @param upstream name of the upstream in the settings
 * @param models that may be called; empty for all that the upstream allows
 * @param maxOutputTokens given to calls that name no bound themselves; 0 for none
 */
public record ModelAccess(String upstream, List<String> models, long maxOutputTokens, CallScope.Cache cache) {
    public ModelAccess {
        models = List.copyOf(models);
    }

    /** What the sandboxes of a run or a trial may do with it; the settings of the upstream may grant more. */
    public CallScope scope(CallScope.Kind kind, UUID id) {
        return new CallScope(kind, id, upstream, models, maxOutputTokens, cache, Set.of());
    }
}
