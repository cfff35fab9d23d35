package dev.datapipeline.server;

import dev.datapipeline.database.Transactions;
import dev.datapipeline.identity.account.OfflineAccounts;
import dev.datapipeline.identity.command.UserCommands;
import dev.datapipeline.secret.SecretCommands;
import dev.datapipeline.server.postgres.EmbeddedDatabase;
import io.smallrye.config.SmallRyeConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/** Carries out one command for users or secrets on the database of the service, in place of the service. */
final class UserAdministration {
    private static final String DATASOURCE = "quarkus.datasource.";
    private static final String SECRETS = "datapipeline.secrets.";

    private UserAdministration() {}

    /** @return the exit status of the program */
    static int run(SmallRyeConfig config, Path directory, List<String> arguments) throws IOException {
        Optional<String> url = config.getOptionalValue(DATASOURCE + "jdbc.url", String.class);
        if (url.isPresent()) {
            return run(
                    source(url.get(), setting(config, "username"), setting(config, "password")),
                    config,
                    directory,
                    arguments);
        }
        try (EmbeddedDatabase database =
                EmbeddedDatabase.start(directory.resolve("postgresql"), directory.resolve("postgresql-software"))) {
            return run(source(database.jdbcUrl(), database.user(), database.password()), config, directory, arguments);
        }
    }

    private static int run(PGSimpleDataSource database, SmallRyeConfig config, Path directory, List<String> arguments) {
        Transactions transactions = new Transactions(database);
        if (arguments.size() == 1 && SecretCommands.names().contains(arguments.getFirst())) {
            SecretCommands.Place place = new SecretCommands.Place(
                    config.getOptionalValue(SECRETS + "key-file", Path.class),
                    config.getOptionalValue(SECRETS + "key", String.class),
                    directory);
            return SecretCommands.of(transactions, place, System.out, System.err)
                    .run(arguments.getFirst());
        }
        OfflineAccounts accounts = new OfflineAccounts(transactions);
        return new UserCommands(accounts, System.out, System.err).run(arguments);
    }

    private static PGSimpleDataSource source(String url, String user, String password) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(url);
        source.setUser(user);
        source.setPassword(password);
        return source;
    }

    private static String setting(SmallRyeConfig config, String name) {
        return config.getOptionalValue(DATASOURCE + name, String.class).orElse("");
    }
}
