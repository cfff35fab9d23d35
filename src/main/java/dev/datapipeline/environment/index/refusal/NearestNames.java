package dev.datapipeline.environment.index.refusal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datapipeline.environment.requirement.syntax.PackageName;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Names that somebody may have meant: of those that were found here, and of a fixed list of well-known packages. Never asks an index, since
 * names close to known ones are what attackers register.
 */
final class NearestNames {
    private static final String WELL_KNOWN = "/engine/pipeline_engine/import_names.json";
    private static final int MOST = 3;

    private NearestNames() {}

    /** @param found names that are known otherwise */
    static List<String> of(String name, Collection<String> found) {
        int most = name.length() < 5 ? 1 : 2;
        return Stream.concat(found.stream(), wellKnown().stream())
                .filter(known -> !known.equals(name))
                .distinct()
                .map(known -> new Distance(known, EditDistance.between(name, known)))
                .filter(distance -> distance.edits() <= most)
                .sorted(Comparator.comparingInt(Distance::edits).thenComparing(Distance::name))
                .limit(MOST)
                .map(Distance::name)
                .toList();
    }

    private record Distance(String name, int edits) {}

    private static Collection<String> wellKnown() {
        TreeSet<String> names = new TreeSet<>();
        try (InputStream table = NearestNames.class.getResourceAsStream(WELL_KNOWN)) {
            if (table != null) {
                for (JsonNode name : new ObjectMapper().readTree(table)) {
                    names.add(PackageName.normalised(name.asText()));
                }
            }
        } catch (IOException unreadable) {
            throw new IllegalStateException("the table of package names is broken", unreadable);
        }
        return names;
    }
}
