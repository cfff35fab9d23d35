package dev.datapipeline.pipeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record Step(
        String name,
        @Nullable Script pre,
        Script main,
        @Nullable Script post) {
    public Step {
        Violations violations = new Violations();
        NameValidator.check(name, "/name", violations);
        violations.rejectAsBug();
    }

    public @Nullable Script script(Stage stage) {
        return switch (stage) {
            case PRE -> pre;
            case MAIN -> main;
            case POST -> post;
        };
    }
}
