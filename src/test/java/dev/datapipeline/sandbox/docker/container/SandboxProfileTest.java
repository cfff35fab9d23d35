package dev.datapipeline.sandbox.docker.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datapipeline.sandbox.PoolSettings;
import dev.datapipeline.sandbox.SandboxLease;
import dev.datapipeline.sandbox.engine.BatchExchange;
import dev.datapipeline.sandbox.engine.Batches;
import dev.datapipeline.sandbox.pool.SandboxPool;
import dev.datapipeline.time.Ticker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a script meets in a real container, told by a script. */
@Timeout(120)
class SandboxProfileTest {
    private static RealSandboxes sandboxes;
    private static JsonNode told;

    @BeforeAll
    static void ask(@TempDir Path folder) throws Exception {
        sandboxes = new RealSandboxes(folder, Map.of());
        SandboxPool pool = new SandboxPool(
                sandboxes.launcher(),
                PoolSettings.of(RealSandboxes.config(folder, Map.of("datapipeline.sandbox.warm", "1"))),
                Ticker.system());
        pool.open();
        Batches.Kept output = new Batches.Kept();
        try (SandboxLease sandbox = pool.lease(RealSandboxes.request(
                UUID.randomUUID(),
                Batches.pipeline(Duration.ofSeconds(60), script("profile.py"), script("works.py"))))) {
            sandbox.run(new BatchExchange(Batches.input(1, "{}"), output));
        } finally {
            pool.close();
        }
        assertEquals(List.of(), output.failures());
        told = new ObjectMapper().readTree(output.values().getLast());
    }

    @AfterAll
    static void remove() throws Exception {
        sandboxes.close();
    }

    @Test
    void itsUserIsItsOwnAndWithoutRights() {
        int user = told.at("/uid").asInt();
        assertTrue(user >= 70_000 && user <= 99_999, "user " + user);
        assertEquals(user, told.at("/gid").asInt());
        assertEquals("0000000000000000", told.at("/status/CapEff").asText());
        assertEquals("0000000000000000", told.at("/status/CapBnd").asText());
        assertEquals("1", told.at("/status/NoNewPrivs").asText());
        assertEquals("2", told.at("/status/Seccomp").asText());
    }

    @Test
    void thereIsNoNetwork() {
        assertEquals("lo", told.at("/interfaces").asText());
        assertEquals("ENETUNREACH", told.at("/connect").asText());
    }

    @Test
    void nothingCanBeWrittenButTemporaryFiles() {
        for (String path :
                List.of("/", "/etc", "/opt/engine", "/usr", "/run", "/run/pipeline", "/proc/sys/kernel", "/sys")) {
            String answer = told.at("/write").path(path).asText();
            assertTrue(Set.of("EROFS", "EACCES", "ENOENT").contains(answer), path + ": " + answer);
        }
        assertEquals("written", told.at("/write").path("/tmp").asText());
        assertEquals("written", told.at("/write").path("/dev/shm").asText());
    }

    @Test
    void whatItMayUseIsBounded() {
        assertEquals("ENOSPC", told.at("/fillTemporaryFiles").asText());
        assertEquals("EFBIG", told.at("/hugeFile").asText());
        assertEquals("ENOSPC", told.at("/manyFiles").asText());
        assertEquals("EMFILE", told.at("/manyOpenFiles").asText());
        assertEquals("EAGAIN", told.at("/manyProcesses").asText());
        assertTrue(told.at("/noexec").asBoolean());
    }

    @Test
    void dangerousSystemCallsAreRefused() {
        told.at("/refused")
                .fields()
                .forEachRemaining(call -> assertEquals(
                        call.getKey().equals("clone3") ? "ENOSYS" : "EPERM",
                        call.getValue().asText(),
                        call.getKey()));
        assertTrue(
                told.at("/refused").size() > 40,
                "calls tried: " + told.at("/refused").size());
    }

    @Test
    void socketsAreOfThreeFamiliesOnly() {
        told.at("/families")
                .fields()
                .forEachRemaining(family -> assertEquals(
                        Set.of("1", "2", "10").contains(family.getKey()) ? "open" : "EPERM",
                        family.getValue().asText(),
                        family.getKey()));
    }

    @Test
    void otherSocketsThanTcpAndUdpAreRefused() {
        told.at("/protocols")
                .fields()
                .forEachRemaining(protocol -> assertEquals(
                        Set.of("TCP", "UDP").contains(protocol.getKey()) ? "open" : "EPERM",
                        protocol.getValue().asText(),
                        protocol.getKey()));
        assertEquals(7, told.at("/protocols").size());
    }

    @Test
    void nothingOfOtherProcessesCanBeChanged() {
        told.at("/others")
                .fields()
                .forEachRemaining(
                        change -> assertEquals("EPERM", change.getValue().asText(), change.getKey()));
        assertEquals(12, told.at("/others").size());
    }

    @Test
    void filesAboutTheHostAreEmpty() {
        told.at("/masked")
                .fields()
                .forEachRemaining(path -> assertTrue(
                        Set.of("empty", "ENOENT").contains(path.getValue().asText()), path.toString()));
        assertEquals(9, told.at("/masked").size());
    }

    @Test
    void scriptsHaveFewerFilesThanProcess1() {
        assertEquals("256 256", told.at("/openFiles").asText());
        assertEquals("4096 4096", told.at("/openFilesOfProcess1").asText());
        assertEquals("500", told.at("/oomScoreOfProcess1").asText());
        assertEquals("1000", told.at("/oomScore").asText());
        assertEquals("EACCES", told.at("/lowerOomScore").asText());
    }

    @Test
    void whatPythonNeedsWorks() {
        told.at("/works")
                .fields()
                .forEachRemaining(use -> assertEquals("yes", use.getValue().asText(), use.getKey()));
        assertEquals(8, told.at("/works").size());
    }

    @Test
    void noSecretAndNoPathOfTheHostCanBeSeen() {
        assertEquals("[]", told.at("/setuidFiles").toString());
        assertEquals("sandbox", told.at("/hostname").asText());
        assertEquals(
                "[\"HOME\",\"HOSTNAME\",\"LANG\",\"OMP_NUM_THREADS\",\"OPENBLAS_NUM_THREADS\",\"PATH\",\"USER\"]",
                told.at("/environment").toString());
        assertEquals("[]", told.at("/dockerSockets").toString());
        assertEquals("EACCES", told.at("/socketFolder").asText());
    }

    private static String script(String name) throws IOException {
        try (var source = SandboxProfileTest.class.getResourceAsStream(name)) {
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
