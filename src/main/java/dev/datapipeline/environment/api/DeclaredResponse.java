package dev.datapipeline.environment.api;

import dev.datapipeline.environment.store.Declaration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A declared requirement. */
@Schema(name = "DeclaredPackage")
record DeclaredResponse(
        @Schema(required = true) String requirement,

        @Schema(
                required = true,
                description = "Where it was first declared, such as \"packages, line 2\" or \"script clean.py\"")
        String from) {
    static List<DeclaredResponse> of(Declaration declaration) {
        return declaration.requirements().stream()
                .map(item -> new DeclaredResponse(item.requirement(), item.from()))
                .toList();
    }
}
