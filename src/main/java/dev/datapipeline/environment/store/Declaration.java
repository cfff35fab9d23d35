package dev.datapipeline.environment.store;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.datapipeline.environment.requirement.DeclaredPackages;
import dev.datapipeline.environment.requirement.Origin;
import dev.datapipeline.environment.requirement.Requirement;
import dev.datapipeline.sandbox.image.BaseImages;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Declared packages as a row keeps them.
 *
 * @param requiresPython null where nothing is required
 * @param image name of the base image; null for the default one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Declaration(
        List<Item> requirements,
        @Nullable String requiresPython,
        @Nullable String image) {
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
                declared.requiresPython().orElse(null),
                declared.image().orElse(null));
    }

    /** Name of the base image. */
    @JsonIgnore
    public String imageName() {
        return image == null ? BaseImages.DEFAULT : image;
    }

    /** The packages as they were declared. */
    public DeclaredPackages packages() {
        return new DeclaredPackages(
                requirements.stream()
                        .map(item -> new Requirement(item.name(), item.requirement(), new Origin(item.from())))
                        .toList(),
                Optional.ofNullable(requiresPython),
                Optional.ofNullable(image));
    }
}
