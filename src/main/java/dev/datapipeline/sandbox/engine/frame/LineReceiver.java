package dev.datapipeline.sandbox.engine.frame;

import dev.datapipeline.sandbox.engine.SandboxFailureException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Passes the log of a builder on in lines that can be shown: bounded, and without characters that a terminal or a page would obey. */
public final class LineReceiver implements FrameReceiver {
    private static final int MAX_LINE = 2000;
    private static final long MAX_LOG = 2L * 1024 * 1024;

    private final Consumer<String> lines;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long left = MAX_LOG;

    public LineReceiver(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public void accept(ByteBuffer part, int length) throws SandboxFailureException {
        left -= part.remaining();
        if (left < 0) {
            throw SandboxFailureException.violation("a log beyond its bound");
        }
        while (part.hasRemaining()) {
            byte next = part.get();
            if (next != '\n') {
                line.write(next);
            }
            if (next == '\n' || line.size() >= MAX_LINE) {
                pass();
            }
        }
    }

    private void pass() {
        lines.accept(visible(line.toString(StandardCharsets.UTF_8)));
        line.reset();
    }

    private static String visible(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.stripTrailing().codePoints().forEach(each -> visible.appendCodePoint(isVisible(each) ? each : ' '));
        return visible.toString();
    }

    private static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
