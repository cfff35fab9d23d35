package dev.datapipeline.sandbox;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A range of numbers of users, to which its ends belong. */
public record UserIds(int first, int last) {
    /** Smaller ones belong to root and the daemons of the system. */
    private static final int LEAST = 1000;

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})-(\\d{1,9})");

    public UserIds {
        if (first < LEAST || last < first) {
            throw new IllegalArgumentException("must be a range of user ids from " + LEAST + " on, like 70000-99999");
        }
    }

    /** Reads a setting such as {@code 70000-99999}. */
    public static UserIds of(String text) {
        Matcher found = TEXT.matcher(text.strip());
        return found.matches()
                ? new UserIds(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2)))
                : new UserIds(0, 0);
    }

    public int count() {
        return last - first + 1;
    }

    /** The number at a place in the range, counted in a circle. */
    public int at(long place) {
        return first + Math.floorMod(place, count());
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
