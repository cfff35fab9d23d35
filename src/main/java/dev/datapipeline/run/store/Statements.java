package dev.datapipeline.run.store;

import dev.datapipeline.database.Sql;
import dev.datapipeline.run.AttemptOutcome;
import dev.datapipeline.run.BatchStatus;
import dev.datapipeline.run.RunStatus;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes the statements of this package. In their texts <code>{QUEUED}</code> stands for the status of that name and <code>{OPEN}</code> for
 * all statuses that are not final, <code>{ACTIVE}</code> for those of runs whose batches are run. They become literals, since PostgreSQL uses the partial indexes on open runs and batches for literals only.
 */
public final class Statements {
    private static final Pattern STATUS = Pattern.compile("\\{([A-Z_]+)}");
    private static final Set<String> NAMES = names();

    private Statements() {}

    /** @throws IllegalArgumentException there is no such status */
    public static Sql sql(String text) {
        return Sql.of(STATUS.matcher(text).replaceAll(status -> Matcher.quoteReplacement(literal(status.group(1)))));
    }

    private static String literal(String name) {
        if (name.equals("OPEN")) {
            return literals(status -> !status.isFinal());
        }
        if (name.equals("ACTIVE")) {
            return literals(RunStatus::isActive);
        }
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("no status " + name);
        }
        return '\'' + name + '\'';
    }

    private static String literals(Predicate<RunStatus> filter) {
        return Arrays.stream(RunStatus.values())
                .filter(filter)
                .map(status -> '\'' + status.name() + '\'')
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static Set<String> names() {
        Set<String> names = new HashSet<>();
        Arrays.stream(RunStatus.values()).map(Enum::name).forEach(names::add);
        Arrays.stream(BatchStatus.values()).map(Enum::name).forEach(names::add);
        Arrays.stream(AttemptOutcome.values()).map(Enum::name).forEach(names::add);
        return names;
    }
}
