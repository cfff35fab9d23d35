package dev.datapipeline.environment.requirement;

import dev.datapipeline.environment.requirement.syntax.ParsedRequirement;
import dev.datapipeline.environment.requirement.syntax.RequirementParser;
import dev.datapipeline.environment.requirement.syntax.RequirementSyntaxException;
import dev.datapipeline.environment.version.InvalidSpecifierException;
import dev.datapipeline.environment.version.Specifier;
import dev.datapipeline.environment.version.Specifiers;
import dev.datapipeline.problem.FieldError;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what a pipeline and its scripts declare, one source after the other, and collects all errors. For one thread. */
final class PackageDeclarations {
    static final int MAX_REQUIREMENTS = 100;
    static final int MAX_BYTES = 8 * 1024;

    private static final String TOO_MANY = "may have " + MAX_REQUIREMENTS + " requirements at most";
    private static final String TOO_LONG = "may have " + MAX_BYTES / 1024 + " KB at most";

    private final List<Requirement> requirements = new ArrayList<>();
    private final List<Specifier> python = new ArrayList<>();
    private final List<PackageError> errors = new ArrayList<>();

    /**
     * Adds a list of requirements, one each.
     *
     * @param pointer of the list
     */
    void addList(PackageList list, String pointer) {
        List<? extends @Nullable String> entries = list.entries();
        long bytes = entries.stream()
                .mapToLong(entry -> entry == null ? 0 : entry.getBytes(StandardCharsets.UTF_8).length)
                .sum();
        if (entries.size() > MAX_REQUIREMENTS || bytes > MAX_BYTES) {
            errors.add(PackageError.ofWhole(pointer, entries.size() > MAX_REQUIREMENTS ? TOO_MANY : TOO_LONG));
            return;
        }
        for (int index = 0; index < entries.size(); index++) {
            addEntry(entries.get(index), pointer + "/" + index, new Origin("packages, line " + list.lineOf(index)));
        }
    }

    /**
     * Adds the lines of a requirements file.
     *
     * @param text of the file
     * @param pointer of the text
     */
    void addFile(String text, List<LogicalLine> lines, String pointer) {
        if (text.length() > MAX_BYTES || text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            errors.add(PackageError.ofWhole(pointer, TOO_LONG));
            return;
        }
        if (lines.size() > MAX_REQUIREMENTS) {
            errors.add(PackageError.ofWhole(pointer, TOO_MANY));
            return;
        }
        for (LogicalLine line : lines) {
            addParsed(line, pointer, new Origin("packages, line " + line.firstLine()));
        }
    }

    /** Adds the metadata of a script, where it has some. */
    void addScript(ScriptSource script) {
        String pointer = script.pointer();
        List<ScriptBlock> blocks = ScriptBlock.in(script.source());
        if (blocks.size() > 1) {
            errors.add(new PackageError(
                    pointer,
                    blocks.get(1).firstLine() - 1,
                    1,
                    "a script may have one block of metadata (# /// script); this is its second"));
            return;
        }
        for (ScriptBlock block : blocks) {
            ScriptMetadata metadata = ScriptMetadata.of(block, pointer, errors);
            metadata.python().forEach(stated -> addPython(stated, pointer));
            addDependencies(metadata.dependencies(), pointer, new Origin("script " + script.name()));
        }
    }

    /**
     * All of it.
     *
     * @throws ProblemException PACKAGES_INVALID with every error
     */
    DeclaredPackages read() {
        if (!errors.isEmpty()) {
            throw problem();
        }
        Optional<String> stated = python.isEmpty() ? Optional.empty() : Optional.of(new Specifiers(python).toString());
        DeclaredPackages declared = new DeclaredPackages(requirements, stated);
        if (declared.lines().size() > MAX_REQUIREMENTS) {
            throw new ProblemException(
                    ProblemType.PACKAGES_INVALID,
                    "The pipeline and its scripts declare " + declared.lines().size() + " requirements together; "
                            + MAX_REQUIREMENTS + " are allowed.");
        }
        return declared;
    }

    private ProblemException problem() {
        List<FieldError> fields =
                errors.stream().map(PackageError::toFieldError).toList();
        FieldError first = fields.getFirst();
        String others = fields.size() == 1 ? "" : " (and " + (fields.size() - 1) + " more, see errors)";
        return new ProblemException(
                ProblemType.PACKAGES_INVALID, first.pointer() + ": " + first.message() + others + ".", fields);
    }

    private void addEntry(@Nullable String entry, String pointer, Origin origin) {
        if (entry == null) {
            errors.add(PackageError.ofWhole(pointer, "a requirement such as pandas>=2 is expected"));
            return;
        }
        LogicalLine line = new LogicalLine();
        line.add(entry, 1, 1);
        addParsed(line, pointer, origin);
    }

    private void addDependencies(List<MetadataPlaces.Text> dependencies, String pointer, Origin origin) {
        long bytes = dependencies.stream()
                .mapToLong(text -> text.value().getBytes(StandardCharsets.UTF_8).length)
                .sum();
        if (dependencies.size() > MAX_REQUIREMENTS || bytes > MAX_BYTES) {
            String limit = dependencies.size() > MAX_REQUIREMENTS ? TOO_MANY : TOO_LONG;
            errors.add(PackageError.ofWhole(pointer, "the metadata of a script " + limit));
            return;
        }
        for (MetadataPlaces.Text dependency : dependencies) {
            LogicalLine line = new LogicalLine();
            line.add(dependency.value(), dependency.line(), dependency.column());
            addParsed(line, pointer, origin);
        }
    }

    private void addParsed(LogicalLine line, String pointer, Origin origin) {
        try {
            ParsedRequirement parsed = RequirementParser.parse(line.text());
            requirements.add(new Requirement(parsed.name(), parsed.text(), origin));
        } catch (RequirementSyntaxException invalid) {
            LogicalLine.Place place = line.placeOf(invalid.offset());
            errors.add(new PackageError(pointer, place.line(), place.column(), invalid.text()));
        }
    }

    private void addPython(MetadataPlaces.Text stated, String pointer) {
        try {
            python.addAll(Specifiers.of(stated.value()).all());
        } catch (InvalidSpecifierException invalid) {
            errors.add(new PackageError(pointer, stated.line(), stated.column(), "requires-python: " + invalid.text()));
        }
    }
}
