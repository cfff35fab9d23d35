package dev.datapipeline.llm.answer;

import java.nio.charset.StandardCharsets;

/**
 * One server-sent event.
 *
 * @param raw bytes as they came
 * @param data of its data lines; empty where it has none: then it is a comment or a setting, which breaks clients that look only for
 *     blank lines
 */
public record ServerEvent(byte[] raw, String data) {
    private static final String DONE = "[DONE]";

    public static ServerEvent parse(byte[] raw) {
        StringBuilder data = new StringBuilder();
        for (String line : new String(raw, StandardCharsets.UTF_8).split("\r\n|[\n\r]", -1)) {
            if (line.startsWith("data:")) {
                String value = line.substring("data:".length());
                data.append(data.isEmpty() ? "" : "\n").append(value.startsWith(" ") ? value.substring(1) : value);
            }
        }
        return new ServerEvent(raw, data.toString());
    }

    public boolean hasData() {
        return !data.isBlank();
    }

    /** The sign at the end of a stream of chat or text completions. */
    public boolean isDone() {
        return data.strip().equals(DONE);
    }
}
