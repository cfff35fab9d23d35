package dev.datapipeline.sandbox.builder;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What wheels and byte code are made for. All but the first two are null or empty where the image has no installer.
 *
 * @param python version, such as 3.11.2
 * @param cacheTag part of the names of files with byte code, such as cpython-311; null where this Python keeps none
 * @param installer name and version, such as pip 23.0.1
 * @param index address of the index that the installer has by default
 * @param platform the most specific platform, such as manylinux_2_36_x86_64
 * @param tags of the wheels that this Python can use, the best first
 */
public record BuilderTarget(
        String python,
        @Nullable String cacheTag,
        @Nullable String installer,
        @Nullable String index,
        @Nullable String platform,
        List<String> tags) {
    private static final int MAX_TAGS = 10_000;
    private static final int MAX_TEXT = 200;
    private static final Pattern VERSION = Pattern.compile("\\d{1,3}\\.\\d{1,3}[0-9A-Za-z.+]{0,40}");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_.-]{1,200}");

    public BuilderTarget {
        tags = List.copyOf(tags);
        if (!VERSION.matcher(python).matches()
                || !isTag(cacheTag)
                || !isTag(platform)
                || !isShort(installer)
                || !isShort(index)
                || tags.size() > MAX_TAGS
                || !tags.stream().allMatch(BuilderTarget::isTag)) {
            throw new IllegalArgumentException("not a target");
        }
    }

    private static boolean isTag(@Nullable String text) {
        return text == null || TAG.matcher(text).matches();
    }

    private static boolean isShort(@Nullable String text) {
        return text == null || text.length() <= MAX_TEXT && text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }
}
