package dev.datapipeline.llm.answer;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Cuts a stream of server-sent events between the events, wherever the packets were cut. Lines may end with LF, CRLF or CR. */
public final class EventSplitter {
    private final int limit;
    private ByteArrayOutputStream open = new ByteArrayOutputStream();
    private int lineLength;
    private boolean isAfterReturn;
    /** The event has ended with CR, and an LF that comes next belongs to it. */
    private boolean isEnded;

    /** @param limit of an event in bytes */
    public EventSplitter(int limit) {
        this.limit = limit;
    }

    /** @return events that are whole now, each with the blank line at its end */
    public List<byte[]> add(byte[] bytes) {
        List<byte[]> events = new ArrayList<>();
        int start = 0;
        for (int at = 0; at < bytes.length; at++) {
            byte sign = bytes[at];
            if (isEnded && sign != '\n') {
                events.add(take(bytes, start, at));
                start = at;
            }
            endLine(sign);
            if (isEnded && sign == '\n') {
                events.add(take(bytes, start, at + 1));
                start = at + 1;
            }
        }
        open.write(bytes, start, bytes.length - start);
        return events;
    }

    private void endLine(byte sign) {
        if (sign == '\n' && isAfterReturn) {
            isAfterReturn = false;
            return;
        }
        isAfterReturn = sign == '\r';
        if (sign != '\n' && sign != '\r') {
            lineLength++;
            return;
        }
        isEnded = lineLength == 0;
        lineLength = 0;
    }

    /** Whether more has come without an end than an event may have. */
    public boolean isTooLarge() {
        return open.size() > limit;
    }

    /** @return what has come after the last event */
    public byte[] rest() {
        return open.toByteArray();
    }

    private byte[] take(byte[] bytes, int from, int to) {
        open.write(bytes, from, to - from);
        byte[] event = open.toByteArray();
        open = new ByteArrayOutputStream();
        lineLength = 0;
        isEnded = false;
        return event;
    }
}
