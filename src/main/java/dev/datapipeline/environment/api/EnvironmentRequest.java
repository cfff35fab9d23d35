package dev.datapipeline.environment.api;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.datapipeline.environment.options.EnvironmentOptions;
import dev.datapipeline.environment.options.EnvironmentOptionsRequest;
import dev.datapipeline.environment.requirement.DeclaredPackages;
import dev.datapipeline.environment.requirement.PackageList;
import dev.datapipeline.environment.requirement.ScriptSource;
import dev.datapipeline.http.json.BoundedList;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Body of {@code POST /api/v1/environments}. */
@Schema(name = "EnvironmentRequest")
record EnvironmentRequest(
        @Schema(
                implementation = String[].class,
                description = "Names with versions, extras and markers (PEP 508), such as pandas>=2,<3")
        @JsonDeserialize(using = EnvironmentOptionsRequest.Packages.class)
        @Nullable
        List<@Nullable String> packages,

        @Schema(
                implementation = ScriptOfEnvironment[].class,
                description = "Scripts whose blocks \"# /// script\" (PEP 723) are joined")
        @JsonDeserialize(using = Scripts.class)
        @Nullable
        List<@Nullable ScriptOfEnvironment> scripts,

        @Schema(description = "Name of the base image of the sandboxes, one of those that GET /api/v1/images lists")
        @Nullable
        String image,

        @Schema(description = "Resolve versions anew although the same was asked for a short time ago") @Nullable
        Boolean update) {
    private static final int MAX_SCRIPTS = 150;
    private static final int MAX_SOURCE = 256 * 1024;

    @Schema(name = "ScriptOfEnvironment")
    record ScriptOfEnvironment(
            @Schema(required = true) @Nullable String name,
            @Schema(required = true) @Nullable String source) {}

    /** One more than is allowed is enough to be refused. */
    static final class Scripts extends BoundedList<ScriptOfEnvironment> {
        Scripts() {
            super(ScriptOfEnvironment.class, MAX_SCRIPTS + 1);
        }
    }

    boolean isUpdate() {
        return Boolean.TRUE.equals(update);
    }

    /** @throws ProblemException PACKAGES_INVALID, MISSING_FIELD or OUT_OF_RANGE */
    DeclaredPackages declared() {
        List<@Nullable String> given = packages == null ? List.of() : packages;
        DeclaredPackages declared = DeclaredPackages.read(PackageList.of(given), "/packages", sources())
                .in(Optional.ofNullable(image).filter(name -> !name.equals(EnvironmentOptions.DEFAULT_IMAGE)));
        if (declared.isNothing()) {
            throw ProblemException.invalidField(
                    ProblemType.PACKAGES_INVALID, "/packages", "Name at least one package, such as pandas>=2.");
        }
        return declared;
    }

    private List<ScriptSource> sources() {
        List<@Nullable ScriptOfEnvironment> given = scripts == null ? List.of() : scripts;
        if (given.size() > MAX_SCRIPTS) {
            throw ProblemException.invalidField(
                    ProblemType.OUT_OF_RANGE, "/scripts", "Give at most " + MAX_SCRIPTS + " scripts.");
        }
        List<ScriptSource> sources = new ArrayList<>();
        for (ScriptOfEnvironment script : given) {
            sources.add(source(script, "/scripts/" + sources.size()));
        }
        return sources;
    }

    private static ScriptSource source(@Nullable ScriptOfEnvironment script, String pointer) {
        String name = script == null ? null : script.name();
        String source = script == null ? null : script.source();
        if (name == null || source == null) {
            throw ProblemException.invalidField(
                    ProblemType.MISSING_FIELD, pointer, "A script has a name and a source.");
        }
        if (source.length() > MAX_SOURCE) {
            throw ProblemException.invalidField(
                    ProblemType.OUT_OF_RANGE, pointer + "/source", "A script has at most 256 KB.");
        }
        return new ScriptSource(name, source, pointer + "/source");
    }
}
