package dev.datapipeline.database;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A statement with values for its parameters. Its methods throw {@link DatabaseException}. */
public final class Query {
    private final Connection connection;
    private final Sql sql;
    private final Map<String, @Nullable Object> values = new HashMap<>();

    Query(Connection connection, Sql sql) {
        this.connection = connection;
        this.sql = sql;
    }

    public Query set(String name, @Nullable String value) {
        return put(name, value);
    }

    public Query set(String name, @Nullable Number value) {
        return put(name, value);
    }

    public Query set(String name, @Nullable Boolean value) {
        return put(name, value);
    }

    public Query set(String name, @Nullable UUID value) {
        return put(name, value);
    }

    public Query set(String name, @Nullable Instant value) {
        return put(name, value);
    }

    /** Binds the duration in milliseconds. */
    public Query set(String name, @Nullable Duration value) {
        return put(name, value);
    }

    public Query set(String name, @Nullable Enum<?> value) {
        return put(name, value);
    }

    public Query set(String name, Object @Nullable [] values) {
        return put(name, values);
    }

    private Query put(String name, @Nullable Object value) {
        if (!sql.names().contains(name)) {
            throw new IllegalArgumentException("no parameter " + name + " in " + sql);
        }
        values.put(name, value);
        return this;
    }

    public int update() {
        try (PreparedStatement statement = prepare()) {
            bind(statement);
            return statement.executeUpdate();
        } catch (SQLException failed) {
            throw new DatabaseException(failed);
        }
    }

    /** Executes the statement once for each item, in one exchange with the server. */
    public <T> void updateAll(Iterable<T> items, BiConsumer<Query, T> parameters) {
        try (PreparedStatement statement = prepare()) {
            boolean isEmpty = true;
            for (T item : items) {
                parameters.accept(this, item);
                bind(statement);
                statement.addBatch();
                isEmpty = false;
            }
            if (!isEmpty) {
                statement.executeBatch();
            }
        } catch (SQLException failed) {
            throw new DatabaseException(failed);
        }
    }

    public void forEach(Consumer<Row> reader) {
        try (PreparedStatement statement = prepare()) {
            bind(statement);
            try (ResultSet rows = statement.executeQuery()) {
                Row row = new Row(rows);
                while (rows.next()) {
                    reader.accept(row);
                }
            }
        } catch (SQLException failed) {
            throw new DatabaseException(failed);
        }
    }

    public <T> List<T> list(Function<Row, T> reader) {
        List<T> list = new ArrayList<>();
        forEach(row -> list.add(reader.apply(row)));
        return list;
    }

    public <T> Optional<T> first(Function<Row, T> reader) {
        return list(reader).stream().findFirst();
    }

    /** The only row of a statement that always has one. */
    public <T> T only(Function<Row, T> reader) {
        return first(reader).orElseThrow();
    }

    public boolean exists() {
        return first(row -> true).isPresent();
    }

    private PreparedStatement prepare() throws SQLException {
        return connection.prepareStatement(sql.text());
    }

    private void bind(PreparedStatement statement) throws SQLException {
        int position = 1;
        for (String name : sql.names()) {
            if (!values.containsKey(name)) {
                throw new IllegalStateException("parameter " + name + " is not set in " + sql);
            }
            statement.setObject(position++, bindable(values.get(name)));
        }
    }

    private @Nullable Object bindable(@Nullable Object value) throws SQLException {
        return switch (value) {
            case null -> null;
            case Enum<?> constant -> constant.name();
            case Duration duration -> duration.toMillis();
            case Instant instant -> instant.atOffset(ZoneOffset.UTC);
            case Object[] array -> array(array);
            default -> value;
        };
    }

    private Array array(Object[] values) throws SQLException {
        String type = switch (values) {
            case String[] texts -> "text";
            case Integer[] numbers -> "int";
            case Long[] numbers -> "bigint";
            case UUID[] ids -> "uuid";
            default -> throw new IllegalArgumentException("cannot bind " + values.getClass());
        };
        return connection.createArrayOf(type, values);
    }
}
