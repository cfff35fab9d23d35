package dev.datapipeline.environment.index.serving;

import dev.datapipeline.environment.requirement.syntax.PackageName;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Spells the names in the metadata of a package in their one form. Some versions of pip (23.0) compare the name that they asked for with the one that
 * metadata served apart from the wheel states, letter by letter, and give a package up whose spelling differs.
 */
final class MetadataNames {
    private static final Pattern NAME =
            Pattern.compile("(?im)^((?:Name|Requires-Dist):[ \\t]*)([a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)");
    private static final Pattern END_OF_HEADERS = Pattern.compile("\\r?\\n\\r?\\n");

    private MetadataNames() {}

    static byte[] normalised(byte[] metadata) {
        // Every byte is a character of this set, so nothing else changes.
        String text = new String(metadata, StandardCharsets.ISO_8859_1);
        Matcher end = END_OF_HEADERS.matcher(text);
        int length = end.find() ? end.start() : text.length();
        String headers = NAME.matcher(text.substring(0, length))
                .replaceAll(name -> Matcher.quoteReplacement(name.group(1) + PackageName.normalised(name.group(2))));
        return (headers + text.substring(length)).getBytes(StandardCharsets.ISO_8859_1);
    }
}
