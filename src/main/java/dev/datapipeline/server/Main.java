package dev.datapipeline.server;

import dev.datapipeline.identity.command.UserCommands;
import dev.datapipeline.server.postgres.PostgresSupervisor;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Starts the service, and an embedded PostgreSQL first if no JDBC URL is configured; or carries out a command for users instead. */
@QuarkusMain
public final class Main {
    private static final String JDBC_URL = "quarkus.datasource.jdbc.url";
    private static final String HTTP_HOST = "quarkus.http.host";
    /** Ordinal of the file inside the package; files beside it, the environment and system properties have higher ones. */
    private static final int APPLICATION_PROPERTIES_ORDINAL = 250;

    private Main() {}

    public static void main(String[] arguments) throws IOException {
        SmallRyeConfig config = new SmallRyeConfigBuilder().addDefaultSources().build();
        Path directory = Path.of(setting(config, "datapipeline.data.directory", "data"));
        try (DataDirectory owned = DataDirectory.lock(directory)) {
            if (arguments.length > 0 && arguments[0].equals(UserCommands.NAME)) {
                System.exit(UserAdministration.run(
                        config, directory, List.of(arguments).subList(1, arguments.length)));
            }
            run(config, directory, arguments);
        } catch (DataDirectoryInUseException inUse) {
            System.err.println(inUse.getMessage());
            System.exit(1);
        }
    }

    private static void run(SmallRyeConfig config, Path directory, String[] arguments) throws IOException {
        Map<String, String> database = config.getOptionalValue(JDBC_URL, String.class)
                        .isPresent()
                ? Map.of()
                : PostgresSupervisor.begin(directory.resolve("postgresql"), directory.resolve("postgresql-software"));
        database.forEach(System::setProperty);
        if (setting(config, "datapipeline.http.listen-publicly", "false").equals("true")
                && isOurs(config.getConfigValue(HTTP_HOST))) {
            System.setProperty(HTTP_HOST, "0.0.0.0");
        }
        Quarkus.run(
                null,
                (status, failed) -> {
                    end(failed);
                    if (LaunchMode.current() == LaunchMode.DEVELOPMENT) {
                        // The service starts again in this process, with a database of its own.
                        database.keySet().forEach(System::clearProperty);
                    } else {
                        System.exit(status);
                    }
                },
                arguments);
    }

    /** Runs at every end of the service, and when it cannot start. */
    private static void end(@Nullable Throwable failed) {
        try {
            PostgresSupervisor.stopCurrent();
        } catch (IOException | RuntimeException stubborn) {
            System.err.println("The embedded database did not stop: " + stubborn.getMessage());
        }
        if (failed != null) {
            // Last, or it would get lost among the messages of the database.
            System.err.println("The service does not start:");
            print(failed);
        }
    }

    /** Prints invalid settings without a stack trace, everything else with one. */
    private static void print(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConfigValidationException settings) {
                for (int problem = 0; problem < settings.getProblemCount(); problem++) {
                    System.err.println(settings.getProblem(problem).getMessage());
                }
                return;
            }
        }
        failed.printStackTrace();
    }

    /** Whether the value comes from our own application.properties, so that nobody chose it. */
    private static boolean isOurs(ConfigValue value) {
        return value.getConfigSourceOrdinal() <= APPLICATION_PROPERTIES_ORDINAL;
    }

    private static String setting(SmallRyeConfig config, String name, String defaultValue) {
        return config.getOptionalValue(name, String.class).orElse(defaultValue);
    }
}
