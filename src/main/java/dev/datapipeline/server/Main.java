package dev.datapipeline.server;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Path;

/** Starts the service; with no JDBC URL configured, an embedded PostgreSQL first. */
@QuarkusMain
public final class Main {
    private static final String JDBC_URL = "quarkus.datasource.jdbc.url";
    private static final String HTTP_HOST = "quarkus.http.host";

    private Main() {}

    public static void main(String[] arguments) throws IOException {
        SmallRyeConfig config = new SmallRyeConfigBuilder().addDefaultSources().build();
        Path directory = Path.of(setting(config, "datapipeline.data.directory", "data"));
        try (DataDirectory owned = DataDirectory.own(directory)) {
            run(config, directory, arguments);
        } catch (DataDirectoryInUseException inUse) {
            System.err.println(inUse.getMessage());
            System.exit(1);
        }
    }

    private static void run(SmallRyeConfig config, Path directory, String[] arguments) throws IOException {
        if (config.getOptionalValue(JDBC_URL, String.class).isEmpty()) {
            EmbeddedDatabase database = EmbeddedDatabase.start(directory.resolve("postgresql"));
            System.setProperty(JDBC_URL, database.jdbcUrl());
            System.setProperty("quarkus.datasource.username", EmbeddedDatabase.USER);
        }
        if (setting(config, "datapipeline.http.listen-publicly", "false").equals("true")
                && config.getOptionalValue(HTTP_HOST, String.class).isEmpty()) {
            System.setProperty(HTTP_HOST, "0.0.0.0");
        }
        Quarkus.run(arguments);
    }

    private static String setting(SmallRyeConfig config, String name, String otherwise) {
        return config.getOptionalValue(name, String.class).orElse(otherwise);
    }
}
