package dev.datapipeline.environment.build;

/**
 * Why packages cannot become an environment; the names are codes of the API. Trying again does not help unless the declaration, the index or
 * the settings change.
 */
public enum PackagesRefusal {
    /** No index has the package, or a version of it that is asked for. */
    PACKAGE_NOT_FOUND,
    /** The package has files, but no wheel for the Python and the platform of the sandboxes. */
    PACKAGE_HAS_NO_WHEEL,
    /** The requirements contradict each other. */
    PACKAGES_CONFLICT,
    /** A script or a package needs another Python. */
    PYTHON_MISMATCH,
    /** All versions that fit are newer than the minimum age allows. */
    PACKAGE_TOO_NEW,
    /** The settings forbid the package. */
    PACKAGE_FORBIDDEN,
    /** A package requires another one by an address instead of a name. */
    PACKAGE_BY_URL,
    /** A wheel is malformed or hostile. */
    WHEEL_REFUSED,
    /** A wheel has other bytes than the lock says. */
    HASH_MISMATCH,
    /** More packages, files, bytes or memory than the settings allow. */
    ENVIRONMENT_TOO_LARGE,
    /** Resolving took too long. */
    ENVIRONMENT_TIMEOUT,
    /** Another reason, which the message tells. */
    ENVIRONMENT_FAILED
}
