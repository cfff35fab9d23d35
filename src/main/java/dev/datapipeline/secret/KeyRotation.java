package dev.datapipeline.secret;

import dev.datapipeline.database.Transactions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Replaces the master key while the service is stopped. The file has both keys until every secret is sealed with the new one, so after a crash
 * at any point all of them can be opened, and the same command finishes what was begun.
 */
public final class KeyRotation {
    private final Transactions transactions;
    private final SecretTable table = new SecretTable();
    private final KeyFile file;

    public KeyRotation(Transactions transactions, Path keyFile) {
        this.transactions = transactions;
        this.file = new KeyFile(keyFile);
    }

    /** @param isResumed whether an earlier replacement was finished in place of a new one */
    public record Result(String keyId, int secrets, boolean isResumed) {}

    /**
     * @throws IllegalArgumentException when the file holds no key
     * @throws IllegalStateException when a secret cannot be opened; nothing is changed then
     */
    public Result rotate() throws IOException {
        List<MasterKey> there = file.read();
        boolean isResumed = there.size() > 1;
        List<MasterKey> both = isResumed ? there : List.of(MasterKey.random(), there.getFirst());
        if (!isResumed) {
            file.write(both);
        }
        int count = sealAnew(both);
        file.write(List.of(both.getFirst()));
        return new Result(both.getFirst().id(), count, isResumed);
    }

    /**
     * Removes the secrets that no key opens.
     *
     * @param setting a key that is used in place of the file
     */
    public int forget(Optional<String> setting) throws IOException {
        List<String> known = keys(setting).stream().map(MasterKey::id).toList();
        return transactions.run(transaction -> table.deleteOthers(transaction, known));
    }

    private List<MasterKey> keys(Optional<String> setting) throws IOException {
        if (setting.isPresent()) {
            return List.of(MasterKey.parse(setting.get().strip()));
        }
        return file.exists() ? file.read() : List.of();
    }

    private int sealAnew(List<MasterKey> both) {
        MasterKey next = both.getFirst();
        Map<String, MasterKey> byId = both.stream().collect(Collectors.toMap(MasterKey::id, Function.identity()));
        return transactions.run(transaction -> {
            List<SealedSecret> sealed = table.allForUpdate(transaction).stream()
                    .filter(secret -> !secret.keyId().equals(next.id()))
                    .map(secret -> secret.sealedAnew(find(byId, secret.keyId()), next))
                    .toList();
            table.sealAnew(transaction, sealed);
            return sealed.size();
        });
    }

    private static MasterKey find(Map<String, MasterKey> byId, String id) {
        MasterKey key = byId.get(id);
        if (key == null) {
            throw new IllegalStateException(
                    "a secret is sealed with the key " + id + ", which the key file does not have");
        }
        return key;
    }
}
