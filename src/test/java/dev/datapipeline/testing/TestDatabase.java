package dev.datapipeline.testing;

import dev.datapipeline.server.postgres.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** A real, migrated PostgreSQL for tests without Quarkus; one for the whole test process, ended with it. */
public final class TestDatabase {
    private static @Nullable DataSource shared;

    private TestDatabase() {}

    /** An empty database in a folder of its own; ended by the caller. */
    public static EmbeddedDatabase start(Path directory) throws IOException {
        return EmbeddedDatabase.start(directory.resolve("postgresql"), Path.of("target/postgresql-software"));
    }

    public static synchronized DataSource shared() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    private static DataSource start() {
        try {
            EmbeddedDatabase server = start(Files.createTempDirectory("datapipeline-test"));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server)));
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setURL(server.jdbcUrl());
            source.setUser(server.user());
            source.setPassword(server.password());
            Flyway.configure().dataSource(source).load().migrate();
            return source;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void close(EmbeddedDatabase server) {
        try {
            server.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
