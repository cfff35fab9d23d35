package dev.datapipeline.environment.options;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.datapipeline.http.json.BoundedList;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An environment as a client asks for it: of the right shape, otherwise unchecked. */
@Schema(implementation = EnvironmentOptions.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EnvironmentOptionsRequest(
        @JsonDeserialize(using = Packages.class) @Nullable List<@Nullable String> packages) {

    /** Keeps one requirement more than is allowed, so that the rules see that there are too many. */
    public static final class Packages extends BoundedList<String> {
        Packages() {
            super(String.class, EnvironmentOptions.MAX_PACKAGES + 1);
        }
    }

    /** The requirements; none where nothing was said. */
    public List<@Nullable String> lines() {
        return packages == null ? List.of() : packages;
    }

    /** The same once it has been checked; null where nothing was said. */
    public @Nullable EnvironmentOptions checked() {
        return packages == null
                ? null
                : new EnvironmentOptions(packages.stream()
                        .filter(Objects::nonNull)
                        .map(String::valueOf)
                        .toList());
    }
}
