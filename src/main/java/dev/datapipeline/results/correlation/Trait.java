package dev.datapipeline.results.correlation;

import org.jspecify.annotations.Nullable;

/**
 * Something that the value of a field may be.
 *
 * @param type of the values that can have it; null for all
 * @param value a literal, type, pattern or bound; null where the kind says it all
 * @param to the upper bound of {@code BETWEEN}
 */
record Trait(
        TraitKind kind,
        @Nullable ValueType type,
        @Nullable String value,
        @Nullable String to) {
    static Trait of(TraitKind kind) {
        return new Trait(kind, null, null, null);
    }

    static Trait of(TraitKind kind, String value) {
        return new Trait(kind, null, value, null);
    }

    boolean matches(FieldValue found) {
        if (type != null && type != found.type()) {
            return false;
        }
        return switch (kind) {
            case MISSING -> false;
            case PRESENT -> true;
            case NULL -> found.type() == ValueType.NULL;
            case EMPTY -> found.isEmpty();
            case VALUE -> found.literal() != null && found.literal().equals(value);
            case TYPE -> found.type().label().equals(value);
            case PATTERN -> value != null && value.equals(found.pattern());
            case AT_LEAST -> found.number() >= bound(value);
            case AT_MOST -> found.number() <= bound(value);
            case BETWEEN -> found.number() >= bound(value) && found.number() <= bound(to);
            case LENGTH_AT_LEAST -> found.length() >= bound(value);
            case LENGTH_AT_MOST -> found.length() <= bound(value);
        };
    }

    private static double bound(@Nullable String literal) {
        return literal == null ? Double.NaN : Double.parseDouble(literal);
    }
}
