package dev.datapipeline.submission;

import dev.datapipeline.dataset.upload.UploadLimiter;
import dev.datapipeline.problem.ProblemException;
import java.time.Duration;

/** Measures the rate of one form over successive windows. Not thread-safe. */
final class FormPace {
    private final UploadLimiter places;
    private Duration window = Duration.ZERO;
    private long receivedBefore;

    FormPace(UploadLimiter places) {
        this.places = places;
    }

    /**
     * @param received bytes of the form so far
     * @param time since the last check
     * @throws ProblemException UPLOAD_TOO_SLOW
     */
    void check(long received, Duration time) {
        window = window.plus(time);
        if (window.compareTo(places.window()) >= 0) {
            places.check(received - receivedBefore, window);
            receivedBefore = received;
            window = Duration.ZERO;
        }
    }
}
