package dev.datapipeline.submission;

import dev.datapipeline.dataset.upload.UploadLimiter;
import dev.datapipeline.problem.ProblemException;
import java.time.Duration;

/** How fast one form comes. It is looked at now and then, and judged after each stretch of patience. Not thread-safe. */
final class FormPace {
    private final UploadLimiter places;
    private Duration stretch = Duration.ZERO;
    private long receivedBefore;

    FormPace(UploadLimiter places) {
        this.places = places;
    }

    /**
     * @param received bytes of the form so far
     * @param time since the last look
     * @throws ProblemException UPLOAD_TOO_SLOW
     */
    void look(long received, Duration time) {
        stretch = stretch.plus(time);
        if (stretch.compareTo(places.patience()) >= 0) {
            places.check(received - receivedBefore, stretch);
            receivedBefore = received;
            stretch = Duration.ZERO;
        }
    }
}
