package dev.datapipeline.results.compare;

import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Digests values by their bytes. */
final class ValueDigest implements Digest {
    private final MessageDigest digest = sha256();
    private final DigestOutputStream digesting = new DigestOutputStream(OutputStream.nullOutputStream(), digest);

    @Override
    public byte[] of(long length, Value value) throws IOException {
        digest.reset();
        value.writeTo(digesting);
        return digest.digest();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
