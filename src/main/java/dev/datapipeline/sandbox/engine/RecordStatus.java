package dev.datapipeline.sandbox.engine;

public enum RecordStatus {
    SUCCEEDED(1),
    FAILED(2),
    SKIPPED(3);

    private final int code;

    RecordStatus(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    public static RecordStatus of(int code) {
        for (RecordStatus status : values()) {
            if (status.code == code) {
                return status;
            }
        }
        throw new IllegalArgumentException("no record status: " + code);
    }
}
