package dev.datapipeline.result;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of the failed records of a batch a retry runs again.
 *
 * @param ids of their causes; null for all of them
 */
public record RetriedCauses(@Nullable Set<String> ids) {
    public static final RetriedCauses ALL = new RetriedCauses(null);

    public RetriedCauses {
        ids = ids == null ? null : Set.copyOf(ids);
    }

    public static RetriedCauses of(ResultSet row) throws SQLException {
        Array ids = row.getArray("retry_causes");
        return ids == null ? ALL : new RetriedCauses(Set.copyOf(List.of((String[]) ids.getArray())));
    }

    public boolean areAll() {
        return ids == null;
    }

    public boolean include(String id) {
        return ids == null || ids.contains(id);
    }
}
