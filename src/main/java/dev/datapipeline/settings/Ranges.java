package dev.datapipeline.settings;

/**
 * Range checks for converters of settings; both ends belong to the range.
 *
 * <p>Bean Validation would do the same, but for a single constraint its provider reads every configuration interface of the platform at
 * every start, a quarter of the start-up work of the main thread.
 */
public final class Ranges {
    private Ranges() {}

    /** @throws IllegalArgumentException out of range, saying what the range is */
    public static <T extends Comparable<T>> T atLeast(T least, T value) {
        if (value.compareTo(least) < 0) {
            throw new IllegalArgumentException("must be " + least + " or more");
        }
        return value;
    }

    /** @throws IllegalArgumentException out of range, saying what the range is */
    public static <T extends Comparable<T>> T between(T least, T most, T value) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("must be from " + least + " to " + most);
        }
        return value;
    }
}
