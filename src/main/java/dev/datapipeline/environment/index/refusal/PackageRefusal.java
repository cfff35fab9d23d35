package dev.datapipeline.environment.index.refusal;

/**
 * Why there is no package for a requirement.
 *
 * @param message what was wanted, what was found and what to do, in sentences
 */
public record PackageRefusal(Code code, String message) {
    /** The kinds, as words for programs. */
    public enum Code {
        /** No index has the name, or none has such a version. */
        PACKAGE_NOT_FOUND,
        /** There are files, but none is a wheel for this Python and platform. */
        PACKAGE_HAS_NO_WHEEL,
        /** What would fit was uploaded less than the minimum age ago. */
        PACKAGE_TOO_NEW,
        /** The settings forbid the name. */
        PACKAGE_FORBIDDEN,
        /** What would fit is for other versions of Python. */
        PYTHON_MISMATCH
    }
}
