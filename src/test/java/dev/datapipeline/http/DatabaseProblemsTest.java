package dev.datapipeline.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseProblemsTest {
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
    void transientFailureIsReported(String state, ProblemType type) {
        ProblemException problem = DatabaseProblems.of(wrapped(new SQLException("text", state)));

        assertNotNull(problem);
        assertEquals(type, problem.type());
        assertNotNull(problem.retryAfter());
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "42601", "22P05", "42P01"})
    void bugsAreNotTransient(String state) {
        assertNull(DatabaseProblems.of(wrapped(new SQLException("text", state))));
    }

    @Test
    void exhaustedPoolIsTransient() {
        SQLException timeout = new SQLException("Sorry, acquisition timeout!");

        assertNotNull(DatabaseProblems.of(wrapped(timeout)));
    }

    @Test
    void otherFailuresAreNotOfTheDatabase() {
        assertNull(DatabaseProblems.of(new IllegalStateException("x")));
    }

    private static Throwable wrapped(SQLException cause) {
        return new RuntimeException("outer", new IllegalStateException("inner", cause));
    }
}
