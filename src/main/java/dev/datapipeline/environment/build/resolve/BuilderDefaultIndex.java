package dev.datapipeline.environment.build.resolve;

import dev.datapipeline.environment.index.upstream.DefaultIndex;
import dev.datapipeline.environment.index.upstream.RemoteIndexes;
import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.sandbox.builder.Builder;
import dev.datapipeline.sandbox.builder.Builders;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.image.BaseImages;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Asks a builder of the default base image, once for each state of it. */
@Singleton
final class BuilderDefaultIndex implements DefaultIndex {
    private final Builders builders;
    private final Map<String, String> addresses = new ConcurrentHashMap<>();

    BuilderDefaultIndex(Builders builders) {
        this.builders = builders;
    }

    @Override
    public String address() throws IndexUnreachableException, InterruptedException {
        try {
            String image = builders.image(BaseImages.DEFAULT);
            String known = addresses.get(image);
            if (known != null) {
                return known;
            }
            try (Builder builder = builders.launch(BaseImages.DEFAULT)) {
                String asked = Optional.ofNullable(builder.inspect().index())
                        .orElseThrow(() -> unknown("the base image of the sandboxes has no pip that says it"));
                addresses.put(image, asked);
                return asked;
            }
        } catch (SandboxFailureException failure) {
            throw unknown("no builder could be started to ask for it");
        }
    }

    private static IndexUnreachableException unknown(String reason) {
        return new IndexUnreachableException(
                RemoteIndexes.DEFAULT,
                "The address of the package index that pip has by default is not known: " + reason + ".");
    }
}
