package dev.datapipeline.http;

import dev.datapipeline.http.paging.Cursor;
import dev.datapipeline.http.paging.ListCursor;
import dev.datapipeline.http.paging.PointInTime;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether the text of a parameter is a value of its type, converted as Jakarta REST says: by {@code fromString} or {@code valueOf}.
 */
final class ParameterParser {
    /** Stricter than Java, which also reads the digits of other scripts and a plus sign. */
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]+");

    private ParameterParser() {}

    static boolean isValue(String text, Class<?> type) {
        Class<?> boxed = MethodType.methodType(type).wrap().returnType();
        if (boxed == Boolean.class) {
            return text.equals("true") || text.equals("false");
        }
        if (Number.class.isAssignableFrom(boxed) && !WHOLE_NUMBER.matcher(text).matches()) {
            return false;
        }
        Method conversion = conversion(boxed);
        return boxed == String.class || conversion == null || accepts(conversion, text);
    }

    static String describe(Class<?> type) {
        Class<?> boxed = MethodType.methodType(type).wrap().returnType();
        if (boxed.isEnum()) {
            return Arrays.stream(boxed.getEnumConstants())
                    .map(String::valueOf)
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        if (boxed == Boolean.class) {
            return "true or false";
        }
        if (boxed == UUID.class) {
            return "a UUID";
        }
        if (boxed == Cursor.class || boxed == ListCursor.class) {
            return "the nextCursor of an answer";
        }
        if (boxed == PointInTime.class) {
            return "a day such as 2026-11-30, or a time with its zone such as 2026-11-30T08:00:00Z";
        }
        return Number.class.isAssignableFrom(boxed) ? "an integer" : "something else";
    }

    private static @Nullable Method conversion(Class<?> type) {
        for (String name : new String[] {"fromString", "valueOf"}) {
            try {
                Method method = type.getMethod(name, String.class);
                // Enums of features are package-private, so their public valueOf needs this; types of the JDK do not.
                if (type.getModule() == ParameterParser.class.getModule()) {
                    method.setAccessible(true);
                }
                return method;
            } catch (NoSuchMethodException absent) {
                continue;
            }
        }
        return null;
    }

    private static boolean accepts(Method conversion, String text) {
        try {
            conversion.invoke(null, text);
            return true;
        } catch (InvocationTargetException rejected) {
            return false;
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
