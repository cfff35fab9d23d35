package dev.datapipeline.listing;

import dev.datapipeline.http.paging.ListCursor;
import dev.datapipeline.problem.ProblemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The conditions of a list in HQL, with the values of their parameters. What a client did not ask for adds no condition. */
public final class ListConditions {
    private static final int LONGEST_TEXT = 200;
    private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-fA-F]{64}");

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();

    /** @param condition with the parameter {@code :name} */
    public ListConditions where(String condition, String name, @Nullable Object value) {
        if (value != null) {
            conditions.add(condition);
            values.put(name, value);
        }
        return this;
    }

    /**
     * Items with a hash.
     *
     * @param condition with the parameter {@code :name}
     * @throws ProblemException INVALID_PARAMETER
     */
    public ListConditions hexadecimal(String condition, String name, @Nullable String hash) {
        if (hash != null && !HEXADECIMAL.matcher(hash).matches()) {
            throw ProblemException.invalidParameter(name, "must be 64 hexadecimal digits");
        }
        return where(condition, name, hash == null ? null : hash.toLowerCase(Locale.ROOT));
    }

    /**
     * Items in which a text stands, without regard to case.
     *
     * @param expressions texts of an item in HQL, of which one must contain it
     * @throws ProblemException INVALID_PARAMETER
     */
    public ListConditions contains(@Nullable String text, String... expressions) {
        if (text == null || text.isBlank()) {
            return this;
        }
        if (text.length() > LONGEST_TEXT || text.chars().anyMatch(Character::isISOControl)) {
            throw ProblemException.invalidParameter(
                    "q", "must have at most %d characters, and no control characters".formatted(LONGEST_TEXT));
        }
        String pattern =
                "%" + text.strip().replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
        String condition = Stream.of(expressions)
                .map("lower(%s) like lower(:text) escape '!'"::formatted)
                .collect(Collectors.joining(" or ", "(", ")"));
        return where(condition, "text", pattern);
    }

    /**
     * Items with a tag.
     *
     * @param tags of an item in HQL
     * @throws ProblemException INVALID_PARAMETER
     */
    public ListConditions tagged(@Nullable String tag, String tags) {
        if (tag == null || tag.isBlank()) {
            return this;
        }
        if (tag.length() > LONGEST_TEXT || tag.chars().anyMatch(Character::isISOControl)) {
            throw ProblemException.invalidParameter("tag", "must be a tag");
        }
        return where("array_contains(%s, :tag)".formatted(tags), "tag", tag.strip());
    }

    /**
     * Items that come after the position of a cursor.
     *
     * @param id of an item in HQL
     * @throws ProblemException INVALID_PARAMETER when the cursor belongs to another order
     */
    public ListConditions after(@Nullable ListCursor cursor, ListOrder<?> order, String id) {
        if (cursor == null) {
            return this;
        }
        values.put("afterKey", order.keyOf(cursor));
        return where(order.condition(id), "afterId", cursor.id());
    }

    /** The clause, empty without conditions. */
    public String clause() {
        return conditions.isEmpty() ? "" : conditions.stream().collect(Collectors.joining(" and ", " where ", ""));
    }

    public Map<String, Object> values() {
        return Map.copyOf(values);
    }
}
