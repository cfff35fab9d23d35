package dev.datapipeline.database;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The row at which a query stands, read by names of columns. Methods without {@code optional} expect a value. */
public final class Row {
    private final ResultSet row;

    Row(ResultSet row) {
        this.row = row;
    }

    private interface Getter<T> {
        @Nullable
        T get() throws SQLException;
    }

    public int integer(String column) {
        return value(column, () -> integerOf(column));
    }

    public @Nullable Integer optionalInteger(String column) {
        return optional(() -> integerOf(column));
    }

    public long number(String column) {
        return value(column, () -> numberOf(column));
    }

    public @Nullable Long optionalNumber(String column) {
        return optional(() -> numberOf(column));
    }

    public @Nullable Double optionalReal(String column) {
        return optional(() -> {
            double value = row.getDouble(column);
            return row.wasNull() ? null : value;
        });
    }

    /** False also where there is no value. */
    public boolean isTrue(String column) {
        return value(column, () -> row.getBoolean(column));
    }

    public String text(String column) {
        return value(column, () -> row.getString(column));
    }

    public @Nullable String optionalText(String column) {
        return optional(() -> row.getString(column));
    }

    public UUID id(String column) {
        return value(column, () -> row.getObject(column, UUID.class));
    }

    public @Nullable UUID optionalId(String column) {
        return optional(() -> row.getObject(column, UUID.class));
    }

    public Instant instant(String column) {
        return value(column, () -> instantOf(column));
    }

    public @Nullable Instant optionalInstant(String column) {
        return optional(() -> instantOf(column));
    }

    public <E extends Enum<E>> E constant(Class<E> type, String column) {
        return Enum.valueOf(type, text(column));
    }

    public String @Nullable [] optionalTexts(String column) {
        Array array = optional(() -> row.getArray(column));
        return array == null ? null : (String[]) optional(array::getArray);
    }

    public List<Long> numbers(String column) {
        return value(column, () -> List.of((Long[]) row.getArray(column).getArray()));
    }

    private @Nullable Integer integerOf(String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : value;
    }

    private @Nullable Long numberOf(String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    private @Nullable Instant instantOf(String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static <T> T value(String column, Getter<T> getter) {
        T value = optional(getter);
        if (value == null) {
            throw new IllegalStateException("no value in column " + column);
        }
        return value;
    }

    private static <T> @Nullable T optional(Getter<T> getter) {
        try {
            return getter.get();
        } catch (SQLException failed) {
            throw new DatabaseException(failed);
        }
    }
}
