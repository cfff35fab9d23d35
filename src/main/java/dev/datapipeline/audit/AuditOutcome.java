package dev.datapipeline.audit;

/** What became of a request. */
public enum AuditOutcome {
    SUCCEEDED,
    /** The request broke a rule or did not fit the state, so nothing was changed. */
    REFUSED,
    /** Whoever made it may not do this. */
    DENIED,
    /** It failed by a mistake or an outage of the service. */
    FAILED,
    /** The service or the connection ended before the answer, so it may have been carried out or not. */
    UNKNOWN;

    private static final int CLIENT_ERRORS = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int SERVER_ERRORS = 500;

    public static AuditOutcome ofStatus(int status) {
        if (status == UNAUTHORIZED || status == FORBIDDEN) {
            return DENIED;
        }
        if (status >= SERVER_ERRORS) {
            return FAILED;
        }
        return status >= CLIENT_ERRORS ? REFUSED : SUCCEEDED;
    }

    /** Whether nothing was changed, so that equal requests may be counted in one entry. */
    boolean isRefusal() {
        return this == REFUSED || this == DENIED;
    }
}
