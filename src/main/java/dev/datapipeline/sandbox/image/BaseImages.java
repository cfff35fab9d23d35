package dev.datapipeline.sandbox.image;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The base images of the settings, by the names under which pipelines choose them. */
@Singleton
public class BaseImages {
    /** The image of pipelines that choose none. */
    public static final String DEFAULT = "default";

    private static final String SETTING = "datapipeline.sandbox.images.";
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@-]{0,499}");

    private final Map<String, String> references;

    /** @throws IllegalArgumentException a setting is not usable; says which and why */
    public BaseImages(ImageConfig config) {
        references = new TreeMap<>(config.images());
        references.forEach(BaseImages::check);
        references.put(DEFAULT, config.baseImage());
    }

    private static void check(String name, String reference) {
        if (!isName(name) || name.equals(DEFAULT)) {
            throw new IllegalArgumentException(SETTING + "\"" + name
                    + "\": the name of an image is made of lower-case letters, digits and dashes, at most 40, and is not "
                    + DEFAULT);
        }
        if (!REFERENCE.matcher(reference).matches()) {
            throw new IllegalArgumentException(
                    SETTING + name + ": expected an image as Docker names it, such as registry.example.com/geo:1");
        }
    }

    /** Whether an image can be called so; it need not be there. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** The default image first, the others in the order of their names. */
    public List<String> names() {
        List<String> names = new ArrayList<>(references.keySet());
        names.remove(DEFAULT);
        names.addFirst(DEFAULT);
        return List.copyOf(names);
    }

    /** As Docker names it; empty when the settings have no such image. */
    public Optional<String> reference(String name) {
        return Optional.ofNullable(references.get(name));
    }

    /** The setting that says what an image is. */
    public static String setting(String name) {
        return name.equals(DEFAULT) ? "datapipeline.sandbox.base-image" : SETTING + name;
    }
}
