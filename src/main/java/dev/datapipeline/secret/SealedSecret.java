package dev.datapipeline.secret;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A secret as it is stored.
 *
 * @param project null for a secret of the instance
 * @param keyId of the master key that opens it
 * @param sealed nonce, sealed value and tag in Base64
 */
record SealedSecret(UUID id, @Nullable UUID project, String name, String keyId, String sealed) {
    static SealedSecret seal(MasterKey key, UUID id, @Nullable UUID project, String name, String value) {
        return new SealedSecret(id, project, name, key.id(), key.seal(value, context(id, project, name)));
    }

    /** @throws IllegalStateException when it was changed, or is sealed with another key */
    String open(MasterKey key) {
        return key.open(sealed, context(id, project, name));
    }

    SealedSecret sealedAnew(MasterKey from, MasterKey to) {
        return seal(to, id, project, name, open(from));
    }

    private static String context(UUID id, @Nullable UUID project, String name) {
        return "secret\n" + id + "\n" + project + "\n" + name;
    }

    @Override
    public String toString() {
        return "SealedSecret[" + name + "]";
    }
}
