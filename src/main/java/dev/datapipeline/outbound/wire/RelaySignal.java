package dev.datapipeline.outbound.wire;

/** What the relay is told before the answer, a byte each. */
public enum RelaySignal {
    /** The call waits for its turn: the record's clock stops. */
    WAITS(1),
    /** The call has gone up: the record's clock runs, as it does where nothing has been said. */
    WENT_UP(2),
    /** All that follows is HTTP for the client. */
    HTTP_FOLLOWS(3),
    /** The relay tells the client {@code HTTP/1.1 100 Continue}; more signals follow. */
    CONTINUE(4);

    private final int code;

    RelaySignal(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
