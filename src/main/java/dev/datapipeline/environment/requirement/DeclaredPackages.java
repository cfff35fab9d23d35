package dev.datapipeline.environment.requirement;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.datapipeline.digest.Sha256;
import dev.datapipeline.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What a pipeline and all of its scripts declare together.
 *
 * @param requirements in the order in which they were read; the same one may stand there with several origins
 * @param requiresPython specifiers of Python's version (PEP 440) that all scripts state, in canonical form; empty where none states any
 * @param image name of the base image in which the scripts run; empty for the default one
 */
public record DeclaredPackages(
        List<Requirement> requirements, Optional<String> requiresPython, Optional<String> image) {
    public static final DeclaredPackages NONE = new DeclaredPackages(List.of(), Optional.empty(), Optional.empty());

    public DeclaredPackages {
        requirements = List.copyOf(requirements);
    }

    /** Packages for scripts that run in the default image. */
    public DeclaredPackages(List<Requirement> requirements, Optional<String> requiresPython) {
        this(requirements, requiresPython, Optional.empty());
    }

    /** The same for another image. */
    public DeclaredPackages in(Optional<String> other) {
        return new DeclaredPackages(requirements, requiresPython, other);
    }

    /**
     * Reads what a pipeline declares. Costs next to nothing where nothing is declared.
     *
     * @param panel requirements of the pipeline itself
     * @param panelPointer of that list
     * @throws ProblemException PACKAGES_INVALID with every error of all of them
     */
    public static DeclaredPackages read(PackageList panel, String panelPointer, List<ScriptSource> scripts) {
        PackageDeclarations declarations = new PackageDeclarations();
        declarations.addList(panel, panelPointer);
        scripts.forEach(declarations::addScript);
        return declarations.read();
    }

    /** Whether no package is needed. A version of Python may be stated all the same. */
    @JsonIgnore
    public boolean isEmpty() {
        return requirements.isEmpty();
    }

    /** Whether nothing is needed that the sandboxes do not have anyway. */
    @JsonIgnore
    public boolean isNothing() {
        return isEmpty() && requiresPython.isEmpty() && image.isEmpty();
    }

    /** The canonical requirements, sorted, each once: what pip is given. */
    public List<String> lines() {
        return requirements.stream().map(Requirement::text).sorted().distinct().toList();
    }

    /** Digest of what is declared; the same for declarations that mean the same, wherever they were written. */
    public String key() {
        String text = requiresPython.orElse("") + "\n" + String.join("\n", lines())
                + image.map(name -> "\nimage " + name).orElse("");
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Where a requirement was written, for messages; several origins are joined. */
    public String originsOf(String text) {
        return String.join(
                " and ",
                requirements.stream()
                        .filter(requirement -> requirement.text().equals(text))
                        .map(requirement -> requirement.origin().label())
                        .distinct()
                        .toList());
    }
}
