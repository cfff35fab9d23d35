package dev.datapipeline.environment.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.datapipeline.environment.requirement.DeclaredPackages;
import dev.datapipeline.environment.requirement.Origin;
import dev.datapipeline.environment.requirement.Requirement;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Declared packages as a row keeps them.
 *
 * @param requiresPython null where nothing is required
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Declaration(List<Item> requirements, @Nullable String requiresPython) {
    public Declaration {
        requirements = List.copyOf(requirements);
    }

    /**
     * One requirement.
     *
     * @param from where it was declared, for people
     */
    public record Item(String name, String requirement, String from) {}

    static Declaration of(DeclaredPackages declared) {
        return new Declaration(
                declared.requirements().stream()
                        .map(item ->
                                new Item(item.name(), item.text(), item.origin().label()))
                        .toList(),
                declared.requiresPython().orElse(null));
    }

    /** The packages as they were declared. */
    public DeclaredPackages packages() {
        return new DeclaredPackages(
                requirements.stream()
                        .map(item -> new Requirement(item.name(), item.requirement(), new Origin(item.from())))
                        .toList(),
                Optional.ofNullable(requiresPython));
    }
}
