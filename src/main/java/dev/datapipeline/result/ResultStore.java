package dev.datapipeline.result;

import java.io.IOException;
import java.util.UUID;

/** Takes the results of attempts. What was not committed is never visible, and nothing of it stays. */
public interface ResultStore {
    /**
     * Begins the results of one attempt.
     *
     * @param sandbox id of the sandbox that makes them; it works on one batch at a time, so that each sandbox has one writer at most
     */
    ResultWriter begin(UUID run, String sandbox) throws IOException;
}
