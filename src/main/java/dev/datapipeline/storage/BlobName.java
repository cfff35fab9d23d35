package dev.datapipeline.storage;

import java.util.regex.Pattern;

/** Name of a blob or of a folder of blobs: one to eight segments of {@code [a-z0-9.-]} with a slash between, none starting with a dot. */
public record BlobName(String value) {
    private static final Pattern ALLOWED = Pattern.compile("[a-z0-9-][a-z0-9.-]*(/[a-z0-9-][a-z0-9.-]*){0,7}");

    public BlobName {
        if (!ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException("not a blob name: " + value);
        }
    }

    static boolean isSegment(String name) {
        return name.indexOf('/') < 0 && ALLOWED.matcher(name).matches();
    }

    public static BlobName of(String first, Object... more) {
        StringBuilder name = new StringBuilder(first);
        for (Object segment : more) {
            name.append('/').append(segment);
        }
        return new BlobName(name.toString());
    }
}
