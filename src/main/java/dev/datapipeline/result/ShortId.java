package dev.datapipeline.result;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.datapipeline.digest.Sha256;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A stable name for some fields: 16 hexadecimal digits of the digest of their texts. */
final class ShortId {
    private static final int BYTES = 8;

    private ShortId() {}

    static String of(@Nullable Object... fields) {
        String texts = Stream.of(fields).map(ShortId::quoted).collect(Collectors.joining(","));
        byte[] digest = Sha256.newDigest().digest(texts.getBytes(UTF_8));
        return HexFormat.of().formatHex(Arrays.copyOf(digest, BYTES));
    }

    private static String quoted(@Nullable Object field) {
        return field == null
                ? "null"
                : '"' + new String(JsonStringEncoder.getInstance().quoteAsString(field.toString())) + '"';
    }
}
