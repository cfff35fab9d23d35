package dev.datapipeline.testing;

import dev.datapipeline.sandbox.docker.container.RealSandboxes;
import dev.datapipeline.sandbox.image.BaseImages;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Base images of settings. */
public final class TestImages {
    private TestImages() {}

    /** The default image and these, which nobody has made. */
    public static BaseImages named(String... names) {
        Map<String, String> settings = new HashMap<>();
        for (String name : names) {
            settings.put("datapipeline.sandbox.images." + name, "localhost:1/" + name);
        }
        return of(settings);
    }

    public static BaseImages of(Map<String, String> settings) {
        return new BaseImages(RealSandboxes.config(Path.of("data"), settings));
    }
}
