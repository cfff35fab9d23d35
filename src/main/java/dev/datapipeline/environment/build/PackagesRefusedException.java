package dev.datapipeline.environment.build;

import dev.datapipeline.environment.wheel.WheelRefusedException;

/** These packages cannot become an environment. The mistake of a declaration or of a package, never of the infrastructure. */
public final class PackagesRefusedException extends Exception {
    private final PackagesRefusal refusal;
    private final String message;

    /** @param message what happened and what to do about it, for people */
    public PackagesRefusedException(PackagesRefusal refusal, String message) {
        super(message);
        this.refusal = refusal;
        this.message = message;
    }

    /** A wheel cannot be had as it was announced. */
    public static PackagesRefusedException of(WheelRefusedException refused) {
        PackagesRefusal refusal = switch (refused.reason()) {
            case WHEEL_REFUSED -> PackagesRefusal.WHEEL_REFUSED;
            case HASH_MISMATCH -> PackagesRefusal.HASH_MISMATCH;
            case WHEEL_GONE -> PackagesRefusal.PACKAGE_NOT_FOUND;
        };
        return new PackagesRefusedException(refusal, refused.text());
    }

    @Override
    public String getMessage() {
        return message;
    }

    public PackagesRefusal refusal() {
        return refusal;
    }

    /** The code of the API. */
    public String code() {
        return refusal.name();
    }
}
