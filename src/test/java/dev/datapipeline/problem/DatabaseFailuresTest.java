package dev.datapipeline.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseFailuresTest {
    @ParameterizedTest
    @CsvSource({
        "08001, DATABASE_UNAVAILABLE",
        "08006, DATABASE_UNAVAILABLE",
        "57P01, DATABASE_UNAVAILABLE",
        "57P03, DATABASE_UNAVAILABLE",
        "53300, DATABASE_UNAVAILABLE",
        "40001, DATABASE_UNAVAILABLE",
        "40P01, DATABASE_UNAVAILABLE",
        "53100, NO_SPACE"
    })
    void failuresThatPass(String state, ProblemType type) {
        ProblemException problem = DatabaseFailures.problem(wrapped(new SQLException("text", state)));

        assertNotNull(problem);
        assertEquals(type, problem.type());
        assertNotNull(problem.retryAfter());
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "42601", "22P05", "42P01"})
    void bugsAreNotTransient(String state) {
        assertNull(DatabaseFailures.problem(wrapped(new SQLException("text", state))));
    }

    @Test
    void exhaustedPoolIsTransient() {
        SQLException timeout = new SQLException("Sorry, acquisition timeout!");

        assertNotNull(DatabaseFailures.problem(wrapped(timeout)));
    }

    @Test
    void otherFailuresAreNotOfTheDatabase() {
        assertNull(DatabaseFailures.problem(new IllegalStateException("x")));
    }

    private static Throwable wrapped(SQLException cause) {
        return new RuntimeException("outer", new IllegalStateException("inner", cause));
    }
}
