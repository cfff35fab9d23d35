package dev.datapipeline.submission;

import dev.datapipeline.dataset.upload.UploadLimiter;
import java.time.Duration;

/** Measures the rate of one form over successive windows. Not thread-safe. */
final class FormPace {
    private final UploadLimiter places;
    private Duration window = Duration.ZERO;
    private long receivedBefore;

    FormPace(UploadLimiter places) {
        this.places = places;
    }

    /** Fails with UPLOAD_TOO_SLOW. */
    void check(long received, Duration time) {
        window = window.plus(time);
        if (window.compareTo(places.window()) >= 0) {
            places.check(received - receivedBefore, window);
            receivedBefore = received;
            window = Duration.ZERO;
        }
    }
}
