package dev.datapipeline.dataset.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UploadLimiterTest {
    @Test
    void releasedPlaceIsFreeAgain() {
        UploadLimiter places = new UploadLimiter(2, new MinimumRate(0, Duration.ofSeconds(60)));
        UploadLimiter.Place first = places.take();
        places.take();

        ProblemException rejection = assertThrows(ProblemException.class, places::take);
        first.close();

        assertEquals(ProblemType.TOO_MANY_REQUESTS, rejection.type());
        places.take();
    }
}
