package dev.datapipeline.llm.options;

import dev.datapipeline.llm.call.CallScope.Cache;
import dev.datapipeline.llm.money.Picodollars;
import dev.datapipeline.problem.FieldError;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rules for the values of model options that need no settings. */
public final class ModelOptionRules {
    private static final int MAX_NAME = 200;
    private static final long MAX_OUTPUT_TOKENS = 1_000_000;
    private static final Picodollars MAX_BUDGET = Picodollars.ofDollars("1000000");

    /** Plain notation: an exponent could stand for a number of a billion digits. */
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,9}(?:\\.[0-9]{1,12})?");

    private final String pointer;
    private final List<FieldError> errors;

    /**
     * @param pointer where the options stand in the document of the client
     * @param errors gets what is wrong
     */
    public ModelOptionRules(String pointer, List<FieldError> errors) {
        this.pointer = pointer;
        this.errors = errors;
    }

    /** @return the amount as it is stored; null where none is given or it is wrong */
    public @Nullable String budget(String field, @Nullable String text) {
        if (text == null) {
            return null;
        }
        if (!DECIMAL.matcher(text).matches()) {
            add(field, "must be dollars as decimal text such as \"5.00\", with at most 12 digits after the point");
            return null;
        }
        Picodollars amount = Picodollars.ofDollars(text);
        if (amount.isZero() || amount.isMoreThan(MAX_BUDGET)) {
            add(field, "must be more than 0 and at most 1000000 dollars");
            return null;
        }
        return amount.text();
    }

    @Nullable
    List<String> models(@Nullable List<@Nullable String> models) {
        if (models == null) {
            return null;
        }
        if (models.isEmpty() || models.size() > ModelOptions.MAX_MODELS) {
            add("/models", "must have 1 to " + ModelOptions.MAX_MODELS + " models; leave it out to allow all");
            return null;
        }
        Set<String> seen = new HashSet<>();
        for (int index = 0; index < models.size(); index++) {
            String model = models.get(index);
            if (model == null || !isName(model)) {
                add(
                        "/models/" + index,
                        "must have 1 to " + MAX_NAME + " characters, no blanks and no control characters");
            } else if (!seen.add(model)) {
                add("/models/" + index, "is also named earlier");
            }
        }
        return seen.size() == models.size()
                ? models.stream().map(String::valueOf).toList()
                : null;
    }

    private static boolean isName(String model) {
        return !model.isEmpty()
                && model.length() <= MAX_NAME
                && model.codePoints().noneMatch(ModelOptionRules::isNoPartOfNames);
    }

    private static boolean isNoPartOfNames(int character) {
        return Character.isISOControl(character)
                || Character.isWhitespace(character)
                || Character.getType(character) == Character.SURROGATE;
    }

    @Nullable
    Long maxOutputTokens(@Nullable Long tokens) {
        if (tokens != null && (tokens < 0 || tokens > MAX_OUTPUT_TOKENS)) {
            add("/maxOutputTokens", "must be from 0 to %,d".formatted(MAX_OUTPUT_TOKENS));
        }
        return tokens;
    }

    @Nullable
    Cache cache(@Nullable String cache) {
        if (cache == null) {
            return null;
        }
        return switch (cache) {
            case "off" -> Cache.OFF;
            case "exact" -> Cache.EXACT;
            default -> {
                add("/cache", "must be \"off\" or \"exact\"");
                yield null;
            }
        };
    }

    private void add(String field, String message) {
        errors.add(new FieldError(pointer + field, message));
    }
}
