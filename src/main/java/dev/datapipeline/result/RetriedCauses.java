package dev.datapipeline.result;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** @param ids of their causes; null for all of them */
public record RetriedCauses(@Nullable Set<String> ids) {
    public static final RetriedCauses ALL = new RetriedCauses(null);

    public RetriedCauses {
        ids = ids == null ? null : Set.copyOf(ids);
    }

    public boolean areAll() {
        return ids == null;
    }

    public boolean include(String id) {
        return ids == null || ids.contains(id);
    }
}
