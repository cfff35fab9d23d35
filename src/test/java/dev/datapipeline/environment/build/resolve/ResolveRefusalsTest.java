package dev.datapipeline.environment.build.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.environment.build.EnvironmentBuildConfig;
import dev.datapipeline.environment.build.PackagesRefusedException;
import dev.datapipeline.environment.index.IndexFindings;
import dev.datapipeline.environment.index.project.ServedWheel;
import dev.datapipeline.environment.index.refusal.PackageRefusal;
import dev.datapipeline.environment.requirement.DeclaredPackages;
import dev.datapipeline.environment.requirement.PackageList;
import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.environment.wheel.WheelRefusedException;
import dev.datapipeline.sandbox.builder.ResolveFailure;
import dev.datapipeline.sandbox.builder.ResolveFailure.Kind;
import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResolveRefusalsTest {
    private static final DeclaredPackages DECLARED =
            DeclaredPackages.read(PackageList.of(List.of("numpy<2", "pandas>=2")), "/packages", List.of());

    private final ResolveRefusals refusals = new ResolveRefusals(DECLARED, new Usual());

    private record Usual() implements EnvironmentBuildConfig {
        @Override
        public int maxPackages() {
            return 300;
        }

        @Override
        public int maxFiles() {
            return 50_000;
        }

        @Override
        public MemorySize maxSize() {
            return new MemorySize(BigInteger.ONE);
        }

        @Override
        public Duration resolveTimeout() {
            return Duration.ofMinutes(2);
        }

        @Override
        public Duration compileTimeout() {
            return Duration.ofMinutes(5);
        }
    }

    /** @param known answers when it is asked for this requirement, an empty one for all */
    private record Findings(
            Optional<IndexUnreachableException> unreachable, Optional<WheelRefusedException> refusedWheel, String known)
            implements IndexFindings {
        static final Findings NONE = new Findings(Optional.empty(), Optional.empty(), "nothing");

        static Findings knowing(String requirement) {
            return new Findings(Optional.empty(), Optional.empty(), requirement);
        }

        @Override
        public Optional<PackageRefusal> refusal(Optional<String> requirement) {
            return known.equals(requirement.orElse(""))
                    ? Optional.of(new PackageRefusal(PackageRefusal.Code.PACKAGE_HAS_NO_WHEEL, "only sources"))
                    : Optional.empty();
        }

        @Override
        public Optional<ServedWheel> wheel(String filename) {
            return Optional.empty();
        }
    }

    private PackagesRefusedException refusal(Kind kind, String message, String requirement, Findings findings)
            throws IndexUnreachableException {
        return refusals.of(new ResolveFailure(kind, message, requirement), findings);
    }

    @Test
    void theChainOfAConflictNamesWhereEachLineWasWritten() throws Exception {
        PackagesRefusedException refused =
                refusal(Kind.CONFLICT, "The user requested numpy<2\npandas 2.2 depends on numpy>=2", "", Findings.NONE);

        assertEquals("PACKAGES_CONFLICT", refused.code());
        assertEquals(
                "The requirements contradict each other: numpy<2 is declared (packages, line 1);"
                        + " pandas 2.2 depends on numpy>=2.",
                refused.getMessage());
    }

    @Test
    void aPackageThatNoIndexHasIsNoConflict() throws Exception {
        assertEquals(
                "PACKAGE_HAS_NO_WHEEL",
                refusal(Kind.CONFLICT, "rich 15 depends on pygments>=2", "", Findings.knowing(""))
                        .code());
    }

    @Test
    void whatTheIndexesKnowComesBeforeWhatPipSays() throws Exception {
        assertEquals(
                "PACKAGE_HAS_NO_WHEEL",
                refusal(Kind.NO_VERSION, "none", "foo==9 (from bar)", Findings.knowing("foo==9"))
                        .code());
        assertEquals(
                "PACKAGE_HAS_NO_WHEEL",
                refusal(Kind.PYTHON, "x", "foo", Findings.knowing("foo")).code());
        assertEquals(
                "PACKAGE_HAS_NO_WHEEL",
                refusal(Kind.OTHER, "x", "", Findings.knowing("")).code());
    }

    @Test
    void aVersionThatIsThereButDoesNotFitIsAConflict() throws Exception {
        PackagesRefusedException refused = refusal(Kind.NO_VERSION, "1.0, 2.0", "pandas>=2", Findings.NONE);

        assertEquals("PACKAGES_CONFLICT", refused.code());
        assertTrue(refused.getMessage().contains("pandas>=2 (packages, line 2)"), refused.getMessage());
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"CONFLICT", "NO_VERSION", "TIMEOUT", "TOO_COMPLEX", "OTHER"})
    void anIndexThatIsAwaySaysNothingAboutThePackages(Kind kind) {
        Findings away = new Findings(
                Optional.of(new IndexUnreachableException("internal", "away")), Optional.empty(), "nothing");

        assertThrows(IndexUnreachableException.class, () -> refusal(kind, "x", "y", away));
    }

    @Test
    void aWheelThatTheIndexServedWrongIsTheReason() throws Exception {
        Findings wrong = new Findings(
                Optional.empty(),
                Optional.of(new WheelRefusedException(WheelRefusedException.Reason.HASH_MISMATCH, "other bytes")),
                "nothing");

        PackagesRefusedException refused = refusal(Kind.OTHER, "HTTP error 409", "", wrong);

        assertEquals("HASH_MISMATCH", refused.code());
        assertEquals("other bytes", refused.getMessage());
    }

    @Test
    void limitsNameTheirSettings() throws Exception {
        assertNames("ENVIRONMENT_TOO_LARGE", "builder-memory", refusal(Kind.OUT_OF_MEMORY, "", "", Findings.NONE));
        assertNames("ENVIRONMENT_TOO_LARGE", "builder-memory", refusal(Kind.NO_SPACE, "", "", Findings.NONE));
        assertNames("ENVIRONMENT_TIMEOUT", "resolve-timeout", refusal(Kind.TIMEOUT, "", "", Findings.NONE));
        assertNames("ENVIRONMENT_TIMEOUT", "120 s", refusal(Kind.TOO_COMPLEX, "", "", Findings.NONE));
        assertNames("ENVIRONMENT_TOO_LARGE", "max-packages", refusals.tooManyPackages(301));
        assertNames("ENVIRONMENT_FAILED", "base-image", refusal(Kind.NO_INSTALLER, "", "", Findings.NONE));
    }

    private static void assertNames(String code, String part, PackagesRefusedException refused) {
        assertEquals(code, refused.code());
        assertTrue(refused.getMessage().contains(part), refused.getMessage());
    }

    @Test
    void textsOfABuilderCannotDoAnything() throws Exception {
        PackagesRefusedException refused =
                refusal(Kind.BY_URL, "http://x/\u001b[31m\u202e\ny", "evil\u0000name", Findings.NONE);

        assertEquals("PACKAGE_BY_URL", refused.code());
        assertTrue(refused.getMessage().contains("evil name by the address http://x/ [31m y."), refused.getMessage());
    }
}
