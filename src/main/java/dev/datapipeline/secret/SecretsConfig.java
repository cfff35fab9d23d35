package dev.datapipeline.secret;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Where the master key of the secrets is. */
@ConfigMapping(prefix = "datapipeline.secrets")
public interface SecretsConfig {
    /** File with the key; {@code secrets.key} of the data folder where nothing is said. Made at the first start. */
    Optional<Path> keyFile();

    /** The key itself, as a key file has it; no file is read or made then. */
    Optional<String> key();
}
