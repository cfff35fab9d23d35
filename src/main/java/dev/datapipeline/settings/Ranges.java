package dev.datapipeline.settings;

/**
 * For converters of settings: lets through what is in a range, to which its ends belong.
 *
 * <p>Constraints of Bean Validation would say the same, but for one of them its provider reads every configuration interface of the
 * platform at every start: a quarter of what the main thread does until the service is ready.
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
