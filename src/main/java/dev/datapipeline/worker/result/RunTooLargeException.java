package dev.datapipeline.worker.result;

import java.io.IOException;
import java.io.Serial;

/** The results of a run need more disk space than one run may use. */
public final class RunTooLargeException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    private final long most;

    RunTooLargeException(long most) {
        super("the results of the run take more than " + most + " bytes");
        this.most = most;
    }

    /** Why the run ends, for people. */
    public String reason() {
        return ("RESULTS_TOO_LARGE: the results of the run take more than %,d bytes of disk space (datapipeline.run.max-result-size)."
                        + " Return less for each record, keep the last values only (trace \"final\"), or split the dataset.")
                .formatted(most);
    }
}
