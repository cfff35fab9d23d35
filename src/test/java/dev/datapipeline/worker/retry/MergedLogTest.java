package dev.datapipeline.worker.retry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MergedLogTest {
    private final MergedLog log = new MergedLog(100, new int[] {2, 5});

    @Test
    void linesOfRetriedRecordsAreReplaced() {
        assertEquals(
                "loading\n#101 one\n#102second\n#102 two again\n#105 five again\n",
                of("loading\n#101 one\n#102 two\n#102second\n#105 five", "#0 two again\n#1 five again\n"));
    }

    @Test
    void otherNumbersAreKept() {
        assertEquals("#2 #0 \nengine: #0 x\n#99999999999 y", of("", "#2 #0 \nengine: #0 x\n#99999999999 y"));
    }

    @Test
    void incompleteLastLineIsCompleted() {
        assertEquals("#100 $1\n#105 b", of("#100 $1", "#1 b"));
    }

    @Test
    void bytesThatAreNotUtf8AreKept() {
        assertEquals("#100 \u00ff\u0085#102 x\n#102 \u00fe", of("#100 \u00ff\u0085#102 x\n", "#0 \u00fe"));
    }

    private String of(String earlier, String fresh) {
        return new String(log.of(earlier.getBytes(ISO_8859_1), fresh.getBytes(ISO_8859_1)), ISO_8859_1);
    }
}
