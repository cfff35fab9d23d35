package dev.datapipeline.listing;

import dev.datapipeline.http.paging.ListCursor;
import dev.datapipeline.problem.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;

/**
 * A way to sort a list: by a key, and by the id where keys are equal.
 *
 * @param name of the order, unique in its list
 * @param expression of the key in HQL
 * @param parameter what stands for the key of a cursor in HQL, with {@code :afterKey}
 * @param key of an item
 * @param parser turns the text of a key into its value; throws IllegalArgumentException or DateTimeException
 */
public record ListOrder<T>(
        String name,
        String expression,
        String parameter,
        Function<T, ?> key,
        Function<String, Object> parser,
        Direction direction) {
    /** The direction of an order. */
    public enum Direction {
        ASCENDING("asc", ">"),
        DESCENDING("desc", "<");

        private final String keyword;
        private final String comparison;

        Direction(String keyword, String comparison) {
            this.keyword = keyword;
            this.comparison = comparison;
        }
    }

    private static final String KEY = ":afterKey";

    /** Without regard to case. */
    public static <T> ListOrder<T> byText(String name, String expression, Function<T, String> key) {
        return new ListOrder<>(
                name, "lower(" + expression + ")", "lower(" + KEY + ")", key, text -> text, Direction.ASCENDING);
    }

    /** The largest first. */
    public static <T> ListOrder<T> byNumber(String name, String expression, Function<T, Long> key) {
        return new ListOrder<>(name, expression, KEY, key, Long::valueOf, Direction.DESCENDING);
    }

    public static <T> ListOrder<T> byTime(
            String name, String expression, Function<T, Instant> key, Direction direction) {
        return new ListOrder<>(name, expression, KEY, key, Instant::parse, direction);
    }

    /** The position right after an item. */
    public ListCursor after(T item, UUID id) {
        return new ListCursor(name, key.apply(item).toString(), id);
    }

    /** @param id the id of an item in HQL */
    public String clause(String id) {
        return " order by %s %s, %s %s".formatted(expression, direction.keyword, id, direction.keyword);
    }

    /** @param id the id of an item in HQL */
    String condition(String id) {
        return "(%1$s %2$s %3$s or %1$s = %3$s and %4$s %2$s :afterId)"
                .formatted(expression, direction.comparison, parameter, id);
    }

    /** @throws ProblemException INVALID_PARAMETER when the cursor belongs to another order */
    Object keyOf(ListCursor cursor) {
        if (!cursor.order().equals(name)) {
            throw invalidCursor();
        }
        try {
            return parser.apply(cursor.key());
        } catch (IllegalArgumentException | DateTimeException invalid) {
            throw invalidCursor();
        }
    }

    private static ProblemException invalidCursor() {
        return ProblemException.invalidParameter("cursor", "must be the nextCursor of an answer in the same order");
    }
}
