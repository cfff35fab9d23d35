package dev.datapipeline.environment.build;

import java.util.Locale;

/** The steps of making an environment, in their order. */
public enum BuildStep {
    /** Finds the wheels; counted in packages. */
    RESOLVE,
    /** Fetches the wheels that are not in the store; counted in bytes. */
    FETCH,
    /** Unpacks the wheels; counted in packages. */
    INSTALL,
    /** Compiles the byte code; counted in files. */
    COMPILE,
    /** Imports the top-level modules once; counted in modules. */
    CHECK;

    /** The name in the API. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
