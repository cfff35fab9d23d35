package dev.datapipeline.environment.wheel;

/**
 * An index did not do its part: no connection, a refused password, an error of its own, an answer that is none. Nothing is known about the
 * packages then, so whoever waits for them goes on waiting and asks again later.
 */
public final class IndexUnreachableException extends Exception {
    private final String index;

    /**
     * @param index its name in the settings
     * @param message names the host only: no address, no user, no password
     */
    public IndexUnreachableException(String index, String message) {
        super(message);
        this.index = index;
    }

    public String index() {
        return index;
    }

    /** For people; has no address and no secret in it. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
