package dev.datapipeline.environment.build;

/** These packages cannot become an environment. The mistake of a declaration or of a package, never of the infrastructure. */
public final class PackagesRefusedException extends Exception {
    private final PackagesRefusal refusal;

    /** @param message what happened and what to do about it, for people */
    public PackagesRefusedException(PackagesRefusal refusal, String message) {
        super(message);
        this.refusal = refusal;
    }

    public PackagesRefusal refusal() {
        return refusal;
    }

    /** The code of the API. */
    public String code() {
        return refusal.name();
    }
}
