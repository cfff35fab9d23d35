package dev.datapipeline.environment.requirement;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the TOML of a script's metadata: {@code dependencies}, {@code requires-python}, and what tools may add. */
final class ScriptMetadata {
    private static final TomlMapper TOML = new TomlMapper();
    private static final int MAX_BYTES = 64 * 1024;
    private static final int LONGEST_QUOTE = 60;
    private static final String DEPENDENCIES = "dependencies";
    private static final String PYTHON = "requires-python";
    private static final String TOOL = "tool";
    private static final Set<String> KNOWN = Set.of(DEPENDENCIES, PYTHON, TOOL);

    /** Settings of uv that say where packages come from, or which. Ignored, they would give the script other packages than it says. */
    private static final Set<String> REFUSED = Set.of(
            "index",
            "index-url",
            "extra-index-url",
            "default-index",
            "no-index",
            "find-links",
            "sources",
            "url",
            "override-dependencies",
            "constraint-dependencies");

    private final ScriptBlock block;
    private final MetadataPlaces places;
    private final String pointer;
    private final List<PackageError> errors;
    private final List<MetadataPlaces.Text> dependencies = new ArrayList<>();
    private final List<MetadataPlaces.Text> python = new ArrayList<>();

    private ScriptMetadata(ScriptBlock block, String pointer, List<PackageError> errors) {
        this.block = block;
        this.places = new MetadataPlaces(block);
        this.pointer = pointer;
        this.errors = errors;
    }

    /** @param errors gets what is wrong, with pointer */
    static ScriptMetadata of(ScriptBlock block, String pointer, List<PackageError> errors) {
        ScriptMetadata metadata = new ScriptMetadata(block, pointer, errors);
        String text = block.text();
        if (text.length() > MAX_BYTES) {
            errors.add(
                    new PackageError(pointer, block.firstLine(), 1, "the metadata of a script may have 64 KB at most"));
            return metadata;
        }
        try {
            metadata.read(TOML.readTree(text));
        } catch (JsonProcessingException invalid) {
            errors.add(metadata.syntaxError(invalid));
        }
        return metadata;
    }

    List<MetadataPlaces.Text> dependencies() {
        return dependencies;
    }

    /** None or one. */
    List<MetadataPlaces.Text> python() {
        return python;
    }

    private void read(JsonNode root) {
        root.fieldNames().forEachRemaining(name -> {
            if (!KNOWN.contains(name)) {
                refuse(
                        name,
                        "\"" + shortened(name) + "\" is not known in the metadata of a script; "
                                + "dependencies, requires-python and tool are");
            }
        });
        root.path(TOOL).path("uv").fieldNames().forEachRemaining(name -> {
            if (REFUSED.contains(name)) {
                refuse(
                        name,
                        "\"" + name
                                + "\" of tool.uv is not taken: where packages come from is a setting of the service");
            }
        });
        readPython(root.path(PYTHON));
        readDependencies(root.path(DEPENDENCIES));
    }

    private void readPython(JsonNode stated) {
        if (stated.isTextual()) {
            places.key(PYTHON);
            python.add(places.nextText(stated.asText()));
        } else if (!stated.isMissingNode()) {
            refuse(PYTHON, "requires-python must be a text such as \">=3.11\"");
        }
    }

    private void readDependencies(JsonNode stated) {
        if (stated.isMissingNode()) {
            return;
        }
        if (!stated.isArray()) {
            refuse(DEPENDENCIES, "dependencies must be a list of texts");
            return;
        }
        places.key(DEPENDENCIES);
        for (JsonNode entry : stated) {
            if (!entry.isTextual()) {
                refuse(DEPENDENCIES, "dependencies must be a list of texts");
                return;
            }
            dependencies.add(places.nextText(entry.asText()));
        }
    }

    private void refuse(String key, String message) {
        MetadataPlaces.Text place = places.key(key);
        errors.add(new PackageError(pointer, place.line(), place.column(), message));
    }

    private PackageError syntaxError(JsonProcessingException invalid) {
        JsonLocation place = invalid.getLocation();
        boolean isKnown = place != null && place.getLineNr() > 0;
        int line = isKnown ? block.firstLine() + place.getLineNr() - 1 : block.firstLine();
        int column = isKnown ? place.getColumnNr() + ScriptBlock.COLUMNS_BEFORE : 1;
        String reason = String.valueOf(invalid.getOriginalMessage())
                .lines()
                .findFirst()
                .map(ScriptMetadata::shortened)
                .orElse("");
        return new PackageError(pointer, line, column, "the metadata of the script is not valid TOML: " + reason);
    }

    private static String shortened(String text) {
        int length = text.codePointCount(0, text.length());
        return length <= LONGEST_QUOTE ? text : text.substring(0, text.offsetByCodePoints(0, LONGEST_QUOTE)) + "…";
    }
}
