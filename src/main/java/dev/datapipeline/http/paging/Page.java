package dev.datapipeline.http.paging;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** @param nextCursor where the next part begins; null at the end */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Page<T>(List<T> items, @Nullable String nextCursor) {
    public Page {
        items = List.copyOf(items);
    }

    /**
     * @param found up to {@code limit} + 1 items: the one too many tells that there is more
     * @param cursor what goes on after an item, such as a {@link Cursor}; its text is given out
     */
    public static <T> Page<T> of(List<T> found, int limit, Function<T, ?> cursor) {
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        return new Page<>(
                found.subList(0, limit), cursor.apply(found.get(limit - 1)).toString());
    }

    public <R> Page<R> map(Function<T, R> change) {
        return new Page<>(items.stream().map(change).toList(), nextCursor);
    }
}
