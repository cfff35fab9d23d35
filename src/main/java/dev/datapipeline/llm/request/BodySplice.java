package dev.datapipeline.llm.request;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Puts fields into a body, whose other bytes stay what they are. */
public final class BodySplice {
    private static final int NULL = "null".length();
    private static final String INCLUDE_USAGE = "\"include_usage\":true";

    private record Piece(int replaced, String text) {}

    private final byte[] body;
    private final ModelRequest.Places places;
    private final Map<Integer, Piece> pieces = new TreeMap<>();
    private String first = "";

    public BodySplice(byte[] body, ModelRequest request) {
        this.body = body;
        this.places = request.places();
    }

    /** @param field name of the bound; where the body has one that is null, that one is set */
    public BodySplice bound(String field, long tokens) {
        if (places.outputNull() >= 0) {
            pieces.put(places.outputNull(), new Piece(NULL, Long.toString(tokens)));
        } else {
            first += "\"" + field + "\":" + tokens + ",";
        }
        return this;
    }

    /** Asks for the usage at the end of a stream; for bodies that do not say whether they want it. */
    public BodySplice includeUsage() {
        if (places.streamOptions() >= 0) {
            String comma = places.isStreamOptionsEmpty() ? "" : ",";
            pieces.put(places.streamOptions(), new Piece(0, INCLUDE_USAGE + comma));
        } else if (places.streamOptionsNull() >= 0) {
            pieces.put(places.streamOptionsNull(), new Piece(NULL, "{" + INCLUDE_USAGE + "}"));
        } else {
            first += "\"stream_options\":{" + INCLUDE_USAGE + "},";
        }
        return this;
    }

    public byte[] toBytes() {
        if (!first.isEmpty()) {
            pieces.put(places.object(), new Piece(0, first));
        }
        if (pieces.isEmpty()) {
            return body;
        }
        ByteArrayOutputStream spliced = new ByteArrayOutputStream(body.length + 128);
        int copied = 0;
        for (Map.Entry<Integer, Piece> piece : pieces.entrySet()) {
            spliced.write(body, copied, piece.getKey() - copied);
            spliced.writeBytes(piece.getValue().text().getBytes(StandardCharsets.UTF_8));
            copied = piece.getKey() + piece.getValue().replaced();
        }
        spliced.write(body, copied, body.length - copied);
        return spliced.toByteArray();
    }
}
