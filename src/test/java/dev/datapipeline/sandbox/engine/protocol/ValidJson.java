package dev.datapipeline.sandbox.engine.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.datapipeline.json.JsonValidator;
import java.nio.ByteBuffer;

final class ValidJson {
    private ValidJson() {}

    /** By the rules that hold for values. */
    static boolean isObject(String value) {
        byte[] bytes = value.getBytes(UTF_8);
        JsonValidator json = new JsonValidator();
        json.beginObject();
        return json.take(ByteBuffer.wrap(bytes), 0, bytes.length) && json.isWhole();
    }
}
