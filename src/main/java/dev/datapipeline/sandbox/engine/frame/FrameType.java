package dev.datapipeline.sandbox.engine.frame;

import dev.datapipeline.sandbox.engine.SandboxFailureException;

/** The frames of docs/engine-protocol.md. */
public enum FrameType {
    HELLO('H', FrameType.DOCUMENT),
    PRIME('Y', FrameType.FROM_SERVICE),
    PIPELINE('P', FrameType.FROM_SERVICE),
    LOADED('L', FrameType.DOCUMENT),
    REFUSED('X', FrameType.DOCUMENT),
    BATCH('B', FrameType.FROM_SERVICE),
    INPUT('I', FrameType.FROM_SERVICE),
    WANT('W', 0),
    RESULTS('R', FrameType.FROM_ENGINE),
    LOG('G', FrameType.FROM_ENGINE),
    DONE('D', FrameType.DOCUMENT),
    CHECK('C', FrameType.FROM_SERVICE),
    CHECKED('K', FrameType.DOCUMENT),
    INSPECT('N', 0),
    TARGET('T', FrameType.REPORT),
    RESOLVE('S', FrameType.FROM_SERVICE),
    RESOLVED('V', FrameType.REPORT),
    COMPILE('M', FrameType.FROM_SERVICE),
    FILE('F', FrameType.BYTE_CODE),
    COMPILED('E', FrameType.DOCUMENT);

    /** Bytes of the length and the type in front of every payload. */
    public static final int HEADER = 5;

    /** Longest document the engine sends: an error with 8 KB of message and 16 KB of traceback, every character escaped. */
    public static final int DOCUMENT = 192 * 1024;

    /** Longest document of a builder: some hundred packages with what they require. */
    static final int REPORT = 2 * 1024 * 1024;

    /** Longest byte code of a module, after its place in the order. */
    static final int BYTE_CODE = Integer.BYTES + 16 * 1024 * 1024;

    public static final int FROM_SERVICE = 17 * 1024 * 1024;
    static final int FROM_ENGINE = 65 * 1024 * 1024;

    private final byte code;
    private final int limit;

    FrameType(char code, int limit) {
        this.code = (byte) code;
        this.limit = limit;
    }

    public byte code() {
        return code;
    }

    public int limit() {
        return limit;
    }

    static FrameType of(byte code) throws SandboxFailureException {
        for (FrameType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw SandboxFailureException.violation("there is no frame of type " + (code & 0xff));
    }
}
