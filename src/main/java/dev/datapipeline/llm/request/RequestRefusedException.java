package dev.datapipeline.llm.request;

import java.io.Serial;

/** The script asks for something that it may not have or that cannot be understood. Goes down as an error of OpenAI's shape. */
public final class RequestRefusedException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;

    /** @param message for the author of the script: what is wrong and what to do */
    public RequestRefusedException(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String text() {
        return String.valueOf(getMessage());
    }

    static RequestRefusedException invalid(String message) {
        return new RequestRefusedException(400, "invalid_request", message);
    }
}
