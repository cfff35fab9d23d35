package dev.datapipeline.sandbox.pool.stock;

import dev.datapipeline.sandbox.engine.pipeline.Priming;
import dev.datapipeline.sandbox.image.SandboxBase;
import org.jspecify.annotations.Nullable;

/**
 * A sandbox that is to be started.
 *
 * @param base its image, and the environment that it is for
 * @param priming what it imports before anybody needs it; null where that is nothing
 */
public record LaunchOrder(SandboxBase base, @Nullable Priming priming) {
    public static LaunchOrder of(String image) {
        return new LaunchOrder(SandboxBase.of(image), null);
    }
}
