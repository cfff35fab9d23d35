package dev.datapipeline.http.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetsTest {
    private static Optional<String> problem(String target, String... hosts) {
        return RequestTargets.problem(target, List.of(hosts), "http");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "localhost:8080", "10.1.2.3:1", "[::1]:65535", "[fe80::1%eth0]", "a_b.example", ""})
    void unambiguousHostPasses(String host) {
        assertEquals(Optional.empty(), problem("/", host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:",
                "localhost:0",
                "localhost:65536",
                "localhost:123456",
                "localhost:x",
                "localhost:80:80",
                "user@localhost",
                "localhost:80@evil.example",
                "localhost/x",
                "local host",
                "localhost,evil.example",
                "[::1",
                "::1"
            })
    void hostThatCanBeReadInTwoWaysIsRejected(String host) {
        assertTrue(problem("/", host).isPresent());
    }

    @Test
    void rejectsTwoHostHeadersEvenIfEqual() {
        assertTrue(problem("/", "localhost", "localhost").isPresent());
        assertTrue(problem("/", "localhost", "").isPresent());
    }

    @Test
    void http10NeedsNoHost() {
        assertEquals(Optional.empty(), problem("/"));
    }

    @Test
    void absoluteAddressMustMatchTheHost() {
        assertEquals(Optional.empty(), problem("http://localhost:8080/api/v1/runs", "localhost:8080"));
        assertEquals(Optional.empty(), problem("HTTP://LOCALHOST:8080?x", "localhost:8080"));
        for (String other : List.of(
                "http://evil.example/api/v1/runs",
                "http://localhost:8080.evil.example/",
                "http://localhost:8080@evil.example/",
                "http://user@localhost:8080/",
                "http://localhost/",
                "https://localhost:8080/",
                "ftp://localhost:8080/")) {
            assertTrue(problem(other, "localhost:8080").isPresent(), other);
        }
        assertTrue(problem("http://localhost:8080/").isPresent());
    }
}
