package dev.datapipeline.llm.request;

import dev.datapipeline.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Names what a call asks for. */
public final class Fingerprint {
    private Fingerprint() {}

    /**
     * @param sharing names those whose equal requests have equal answers
     * @param bound of the output, which may not be the script's
     * @param body digest of the canonical body
     */
    public static String of(String sharing, CallTarget.Model target, long bound, byte[] body) {
        MessageDigest digest = Sha256.newDigest();
        String rest = String.join("\n", sharing, target.endpoint().path(), target.query(), Long.toString(bound));
        digest.update(rest.getBytes(StandardCharsets.UTF_8));
        digest.update(body);
        return HexFormat.of().formatHex(digest.digest());
    }
}
