package dev.datapipeline;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** A package with all that it may know of the others, as {@code packages.txt} has them. */
record KnownPackages(String name, String... known) {
    static List<KnownPackages> all() {
        try (InputStream table = KnownPackages.class.getResourceAsStream("packages.txt")) {
            String text = new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(KnownPackages::of)
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static KnownPackages of(String line) {
        int colon = line.indexOf(':');
        String known = line.substring(colon + 1).strip();
        return new KnownPackages(line.substring(0, colon), known.isEmpty() ? new String[0] : known.split(" +"));
    }
}
