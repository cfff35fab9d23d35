package dev.datapipeline.environment.index.refusal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditDistanceTest {
    @ParameterizedTest
    @CsvSource({
        "pandas, pandas, 0",
        "pandsa, pandas, 1",
        "panda, pandas, 1",
        "pands, pandas, 1",
        "numpy, numba, 2",
        "'', abc, 3"
    })
    void distanceCountsEdits(String one, String other, int edits) {
        assertEquals(edits, EditDistance.between(one, other));
        assertEquals(edits, EditDistance.between(other, one));
    }
}
