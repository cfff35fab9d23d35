package dev.datapipeline.sandbox.docker.image;

import dev.datapipeline.sandbox.docker.api.DockerEngine;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.image.BaseImages;
import dev.datapipeline.time.Ticker;
import java.util.HashMap;
import java.util.Map;

/** The images of sandboxes by the names of their base images. Thread-safe: one that is pulled does not keep others waiting. */
public final class SandboxImages {
    private final Map<String, SandboxImage> byName = new HashMap<>();

    public SandboxImages(DockerEngine docker, BaseImages bases, EngineImageContext files, Ticker ticker) {
        for (String name : bases.names()) {
            String reference = bases.reference(name).orElseThrow();
            byName.put(name, new SandboxImage(docker, reference, BaseImages.setting(name), files, ticker));
        }
    }

    /** @throws SandboxFailureException IMAGE when the settings have no such image */
    public SandboxImage of(String name) throws SandboxFailureException {
        SandboxImage image = byName.get(name);
        if (image == null) {
            throw new SandboxFailureException(
                    SandboxFailure.IMAGE,
                    "The settings have no base image \"" + name + "\" any more. Say what it is in "
                            + BaseImages.setting(name) + ", or choose another image for the pipeline.",
                    null);
        }
        return image;
    }
}
