package dev.datapipeline.environment.options;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.datapipeline.environment.requirement.PackageList;
import dev.datapipeline.http.json.BoundedList;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An environment as a client asks for it: of the right shape, otherwise unchecked.
 *
 * @param fileLines lines in which the packages begin, where they came as a requirements file; else empty
 */
@Schema(implementation = EnvironmentOptions.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EnvironmentOptionsRequest(
        @Nullable List<@Nullable String> packages,
        @Nullable String image,
        @Nullable Integer memoryMegabytes,
        @JsonIgnore List<Integer> fileLines) {
    /** Says nothing. */
    public static final EnvironmentOptionsRequest NONE = new EnvironmentOptionsRequest(null, null, null);

    @JsonCreator
    public EnvironmentOptionsRequest(
            @JsonProperty("packages") @JsonDeserialize(using = Packages.class) @Nullable
                    List<@Nullable String> packages,
            @JsonProperty("image") @Nullable String image,
            @JsonProperty("memoryMegabytes") @Nullable Integer memoryMegabytes) {
        this(packages, image, memoryMegabytes, List.of());
    }

    /**
     * What came in a form.
     *
     * @param file the text of a requirements file; null where there was none
     */
    public static EnvironmentOptionsRequest ofForm(
            @Nullable PackageList file, @Nullable String image, @Nullable Integer memoryMegabytes) {
        return file == null
                ? new EnvironmentOptionsRequest(null, image, memoryMegabytes)
                : new EnvironmentOptionsRequest(new ArrayList<>(file.entries()), image, memoryMegabytes, file.lines());
    }

    /** Keeps one requirement more than is allowed, so that the rules see that there are too many. */
    public static final class Packages extends BoundedList<String> {
        Packages() {
            super(String.class, EnvironmentOptions.MAX_PACKAGES + 1);
        }
    }

    /** The requirements; none where nothing was said. */
    public PackageList list() {
        return new PackageList(packages == null ? List.of() : packages, fileLines);
    }

    /** The same once it has been checked; null where nothing was said. */
    public @Nullable EnvironmentOptions checked() {
        return packages == null && image == null && memoryMegabytes == null
                ? null
                : new EnvironmentOptions(
                        list().entries().stream()
                                .filter(Objects::nonNull)
                                .map(String::valueOf)
                                .toList(),
                        image,
                        memoryMegabytes);
    }

    /** What this says, and what a pipeline says where this says nothing. */
    public EnvironmentOptionsRequest over(@Nullable EnvironmentOptions ofPipeline) {
        if (ofPipeline == null) {
            return this;
        }
        return new EnvironmentOptionsRequest(
                packages == null ? List.copyOf(ofPipeline.packages()) : packages,
                image == null ? ofPipeline.image() : image,
                memoryMegabytes == null ? ofPipeline.memoryMegabytes() : memoryMegabytes,
                fileLines);
    }
}
