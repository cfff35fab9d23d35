package dev.datapipeline.sandbox;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A range of user ids, including both ends. */
public record UserIds(int first, int last) {
    /** Smaller ones belong to root and the daemons of the system. */
    private static final int LEAST = 1000;

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})-(\\d{1,9})");

    public UserIds {
        if (first < LEAST || last < first) {
            throw notARange();
        }
    }

    /** Reads a setting such as {@code 70000-99999}. */
    public static UserIds of(String text) {
        Matcher found = TEXT.matcher(text.strip());
        if (!found.matches()) {
            throw notARange();
        }
        return new UserIds(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2)));
    }

    private static IllegalArgumentException notARange() {
        return new IllegalArgumentException("must be a range of user ids from " + LEAST + " on, like 70000-99999");
    }

    public int count() {
        return last - first + 1;
    }

    /** The id at a place in the range, which begins again after its end. */
    public int at(long place) {
        return first + Math.floorMod(place, count());
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
