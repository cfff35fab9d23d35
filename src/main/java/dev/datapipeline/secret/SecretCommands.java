package dev.datapipeline.secret;

import dev.datapipeline.database.DatabaseException;
import dev.datapipeline.database.Transactions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Carries out commands for the master key while the service is stopped, and prints what came of them. */
public final class SecretCommands {
    private static final String ROTATE = "rotate-master-key";
    private static final String FORGET = "forget-secrets";
    private static final int FAILED = 1;

    private final KeyRotation rotation;
    private final Optional<String> key;
    private final PrintStream out;
    private final PrintStream err;

    private SecretCommands(KeyRotation rotation, Optional<String> key, PrintStream out, PrintStream err) {
        this.rotation = rotation;
        this.key = key;
        this.out = out;
        this.err = err;
    }

    /** Where the settings say that the key is; see {@link SecretsConfig}. */
    public record Place(Optional<Path> keyFile, Optional<String> key, Path dataFolder) {}

    public static SecretCommands of(Transactions transactions, Place place, PrintStream out, PrintStream err) {
        Path file = MasterKeys.file(place.keyFile(), place.dataFolder()).path();
        return new SecretCommands(new KeyRotation(transactions, file), place.key(), out, err);
    }

    /** The commands that this class knows. */
    public static Set<String> names() {
        return Set.of(ROTATE, FORGET);
    }

    /** @return the exit status of the program */
    public int run(String command) {
        try {
            return command.equals(ROTATE) ? rotate() : forget();
        } catch (IOException | IllegalArgumentException unusable) {
            err.println("The key file cannot be used, and nothing was changed: " + unusable.getMessage());
        } catch (IllegalStateException lost) {
            err.println("Not every secret can be opened, so the key file keeps both keys: " + lost.getMessage());
        } catch (DatabaseException failed) {
            err.println("The database cannot do it; run the command again. " + failed.getMessage());
        }
        return FAILED;
    }

    private int rotate() throws IOException {
        if (key.isPresent()) {
            err.println(
                    "datapipeline.secrets.key is the key. To replace it, put it into a file, name that with datapipeline.secrets.key-file,"
                            + " and run the command without the former setting.");
            return FAILED;
        }
        KeyRotation.Result result = rotation.rotate();
        if (result.isResumed()) {
            out.println("An earlier replacement was finished.");
        }
        out.printf(
                "The master key is %s now, and %d secrets were sealed anew with it. Keep a copy of the key file.%n",
                result.keyId(), result.secrets());
        return 0;
    }

    private int forget() throws IOException {
        out.printf("%d secrets were removed that no key opens.%n", rotation.forget(key));
        return 0;
    }
}
