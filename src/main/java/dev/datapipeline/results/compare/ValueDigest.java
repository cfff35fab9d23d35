package dev.datapipeline.results.compare;

import dev.datapipeline.digest.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

/** Digests values by their bytes. */
final class ValueDigest implements Digest {
    private final MessageDigest digest = Sha256.newDigest();
    private final DigestOutputStream digesting = new DigestOutputStream(OutputStream.nullOutputStream(), digest);

    @Override
    public byte[] of(long length, Value value) throws IOException {
        digest.reset();
        value.writeTo(digesting);
        return digest.digest();
    }
}
