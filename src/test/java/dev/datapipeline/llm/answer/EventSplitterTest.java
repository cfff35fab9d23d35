package dev.datapipeline.llm.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventSplitterTest {
    private static List<String> split(String text, int packet) {
        EventSplitter splitter = new EventSplitter(1000);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<String> events = new ArrayList<>();
        for (int start = 0; start < bytes.length; start += packet) {
            byte[] piece = java.util.Arrays.copyOfRange(bytes, start, Math.min(bytes.length, start + packet));
            splitter.add(piece).forEach(event -> events.add(new String(event, StandardCharsets.UTF_8)));
        }
        events.add(new String(splitter.rest(), StandardCharsets.UTF_8));
        return events;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 1000})
    void eventsAreCutAtBlankLinesWhateverEndsALine(int packet) {
        assertEquals(List.of("data: a\n\n", "data: b\n\n", "rest"), split("data: a\n\ndata: b\n\nrest", packet));
        assertEquals(
                List.of("data: a\r\n\r\n", "data: b\r\n\r\n", ""), split("data: a\r\n\r\ndata: b\r\n\r\n", packet));
        assertEquals(List.of("data: a\r\r", "data: b"), split("data: a\r\rdata: b", packet));
        assertEquals(List.of("a\r\n\n", "b\n\r\n", "c"), split("a\r\n\nb\n\r\nc", packet));
        assertEquals(List.of("id: 1\ndata: \u00e9\n\n", "\n", "x\ny"), split("id: 1\ndata: \u00e9\n\n\nx\ny", packet));
    }

    @Test
    void eventThatNeverEndsIsTooLarge() {
        EventSplitter splitter = new EventSplitter(1000);

        splitter.add(new byte[1000]);
        assertFalse(splitter.isTooLarge());
        splitter.add(new byte[1]);

        assertTrue(splitter.isTooLarge());
    }

    @Test
    void dataOfAnEventIsPutTogether() {
        ServerEvent event = ServerEvent.parse(
                ": note\nevent: x\ndata: {\"a\":\ndata:1}\nid: 7\n\n".getBytes(StandardCharsets.UTF_8));

        assertEquals("{\"a\":\n1}", event.data());
        assertTrue(event.hasData());
        assertFalse(ServerEvent.parse(": only a note\n\n".getBytes(StandardCharsets.UTF_8))
                .hasData());
        assertFalse(ServerEvent.parse("retry: 5\n\n".getBytes(StandardCharsets.UTF_8))
                .hasData());
        assertTrue(ServerEvent.parse("data:[DONE]\r\n\r\n".getBytes(StandardCharsets.UTF_8))
                .isDone());
    }
}
