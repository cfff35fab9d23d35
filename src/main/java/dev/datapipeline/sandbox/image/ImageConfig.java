package dev.datapipeline.sandbox.image;

import io.smallrye.config.WithDefault;
import java.util.Map;

/** The images that sandboxes are made of; a part of the settings of sandboxes. */
public interface ImageConfig {
    /** Image with a Python 3 that the sandbox image is built on; pulled when it is not there. */
    @WithDefault("python:3-slim")
    String baseImage();

    /** Further base images by the names under which pipelines choose them; each needs a Python 3. */
    Map<String, String> images();
}
