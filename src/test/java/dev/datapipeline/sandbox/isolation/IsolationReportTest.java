package dev.datapipeline.sandbox.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IsolationReportTest {
    private static final long MEMORY = 512L << 20;
    private static final long PROCESSES = 64;
    private static final String NONE = "0000000000000000";

    @Test
    void defaultProfileHasNoRisk() {
        IsolationReport confinement =
                new IsolationReport(70_001, NONE, true, true, List.of(), false, MEMORY, PROCESSES);

        assertEquals(Set.of(), confinement.risks(70_001, MEMORY, PROCESSES));
    }

    @ParameterizedTest
    @MethodSource
    void whatIsMissingIsNamed(IsolationReport confinement, IsolationRisk risk) {
        assertEquals(Set.of(risk), confinement.risks(70_001, MEMORY, PROCESSES));
    }

    static Stream<Arguments> whatIsMissingIsNamed() {
        return Stream.of(
                Arguments.of(
                        new IsolationReport(0, NONE, true, true, List.of(), false, MEMORY, PROCESSES),
                        IsolationRisk.ROOT_USER),
                Arguments.of(
                        new IsolationReport(70_002, NONE, true, true, List.of(), false, MEMORY, PROCESSES),
                        IsolationRisk.SHARED_USER),
                Arguments.of(
                        new IsolationReport(
                                70_001, "00000000a80425fb", true, true, List.of(), false, MEMORY, PROCESSES),
                        IsolationRisk.CAPABILITIES),
                Arguments.of(
                        new IsolationReport(70_001, "unknown", true, true, List.of(), false, MEMORY, PROCESSES),
                        IsolationRisk.CAPABILITIES),
                Arguments.of(
                        new IsolationReport(70_001, NONE, false, true, List.of(), false, MEMORY, PROCESSES),
                        IsolationRisk.NEW_PRIVILEGES),
                Arguments.of(
                        new IsolationReport(70_001, NONE, true, false, List.of(), false, MEMORY, PROCESSES),
                        IsolationRisk.SYSTEM_CALLS),
                Arguments.of(
                        new IsolationReport(70_001, NONE, true, true, List.of("eth0"), false, MEMORY, PROCESSES),
                        IsolationRisk.NETWORK),
                Arguments.of(
                        new IsolationReport(70_001, NONE, true, true, List.of(), true, MEMORY, PROCESSES),
                        IsolationRisk.WRITABLE_ROOT),
                Arguments.of(
                        new IsolationReport(70_001, NONE, true, true, List.of(), false, null, PROCESSES),
                        IsolationRisk.MEMORY),
                Arguments.of(
                        new IsolationReport(70_001, NONE, true, true, List.of(), false, MEMORY + 1, PROCESSES),
                        IsolationRisk.MEMORY),
                Arguments.of(
                        new IsolationReport(70_001, NONE, true, true, List.of(), false, MEMORY, null),
                        IsolationRisk.PROCESSES),
                Arguments.of(
                        new IsolationReport(70_001, NONE, true, true, List.of(), false, MEMORY, PROCESSES + 1),
                        IsolationRisk.PROCESSES));
    }
}
