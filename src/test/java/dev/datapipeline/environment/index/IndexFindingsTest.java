package dev.datapipeline.environment.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.environment.index.refusal.PackageRefusal;
import dev.datapipeline.environment.index.refusal.PackageRefusal.Code;
import dev.datapipeline.environment.index.upstream.IndexSample;
import dev.datapipeline.environment.index.upstream.IndexSample.Source;
import dev.datapipeline.environment.index.upstream.StubIndex;
import dev.datapipeline.environment.requirement.DeclaredPackages;
import dev.datapipeline.environment.requirement.PackageList;
import dev.datapipeline.environment.requirement.ScriptSource;
import dev.datapipeline.environment.wheel.SampleWheel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Why there is nothing for a requirement. */
class IndexFindingsTest extends ServedIndexFixture {
    private static final String OLD = ", \"upload-time\": \"2020-01-01T00:00:00Z\"";

    private final SampleWheel wheel = SampleWheel.of("pandas", "2.1");

    private PackageRefusal refusal(String requirement) throws Exception {
        open(IndexSample.none().forbidding("evil*"), requirement);
        return refusalOfOpen(requirement);
    }

    private PackageRefusal refusalOfOpen(String requirement) throws Exception {
        page(requirement.replaceAll("[^a-z].*", ""));
        PackageRefusal refusal =
                session.findings().refusal(Optional.of(requirement)).orElseThrow();
        assertEquals(Optional.of(refusal), session.findings().refusal(Optional.empty()));
        assertTrue(refusal.message().startsWith(requirement + " (packages, line 1) "), refusal.message());
        assertTrue(refusal.message().matches(".*[.?]"), refusal.message());
        return refusal;
    }

    private static void assertRefusal(Code code, String message, PackageRefusal refusal) {
        assertEquals(code, refusal.code(), refusal.message());
        assertTrue(refusal.message().contains(message), refusal.message());
    }

    @Test
    void unknownNameIsNotFoundAndNearNamesAreSaid() throws Exception {
        assertRefusal(Code.PACKAGE_NOT_FOUND, "is known to no package index", refusal("xqzwv"));
        assertRefusal(Code.PACKAGE_NOT_FOUND, "Do you mean pandas or pandera?", refusal("pandsa>=2"));
    }

    @Test
    void nameOfAnUploadedWheelMayBeMeant() throws Exception {
        upload(SampleWheel.of("acme_tools", "1.0"));

        assertRefusal(Code.PACKAGE_NOT_FOUND, "Do you mean acme-tools", refusal("acmetools"));
    }

    @Test
    void versionThatDoesNotExistIsNotFound() throws Exception {
        pip.project("pandas", wheel);

        assertRefusal(Code.PACKAGE_NOT_FOUND, "no such version; the newest is 2.1", refusal("pandas>=99"));
    }

    @Test
    void sourcesAloneAreNoWheel() throws Exception {
        pip.page("pandas", List.of(StubIndex.entry(wheel, OLD).replace("-py3-none-any.whl", ".tar.gz")));

        PackageRefusal refusal = refusal("pandas");

        assertRefusal(Code.PACKAGE_HAS_NO_WHEEL, "only pandas-2.1.tar.gz", refusal);
        assertTrue(refusal.message().contains("Python 3.11.2 on manylinux_2_36_x86_64"), refusal.message());
        assertTrue(refusal.message().contains("upload"), refusal.message());
    }

    @Test
    void wheelsForOthersAloneAreNoWheel() throws Exception {
        pip.project("pandas", SampleWheel.tagged("pandas", "2.1", "cp311-cp311-win_amd64"));

        assertRefusal(Code.PACKAGE_HAS_NO_WHEEL, "pandas-2.1-cp311-cp311-win_amd64.whl", refusal("pandas==2.1"));
    }

    @Test
    void fileWithoutHashIsNoWheel() throws Exception {
        pip.page("pandas", List.of(StubIndex.entry(wheel, OLD).replace("sha256", "md5")));

        assertRefusal(Code.PACKAGE_HAS_NO_WHEEL, "no SHA-256", refusal("pandas"));
    }

    @Test
    void newFileCanBeUsedFromADayOn() throws Exception {
        pip.page("pandas", List.of(StubIndex.entry(wheel, ", \"upload-time\": \"2026-11-28T10:30:00Z\"")));

        assertRefusal(
                Code.PACKAGE_TOO_NEW, "can be used from 2026-12-05 10:30 UTC on, 7 days after", refusal("pandas>=2"));
    }

    @Test
    void fileWithoutTimeMayBeTooNew() throws Exception {
        pip.page("pandas", List.of(StubIndex.entry(wheel, "")));

        assertRefusal(Code.PACKAGE_TOO_NEW, "does not say when files were uploaded", refusal("pandas"));

        open(IndexSample.none().with("corp", Source.at(pip.url()).withMinimumAge(Duration.ZERO)), "pandas");
        page("pandas");
        assertEquals(Optional.empty(), session.findings().refusal(Optional.of("pandas")));
    }

    @Test
    void otherPythonIsAMismatch() throws Exception {
        pip.page("pandas", List.of(StubIndex.entry(wheel, OLD + ", \"requires-python\": \">=3.12\"")));

        assertRefusal(
                Code.PYTHON_MISMATCH, "needs Python >=3.12, and the sandbox has Python 3.11.2", refusal("pandas"));
    }

    @Test
    void versionsThatWereTakenBackAreNotFoundUnlessNamed() throws Exception {
        pip.page("pandas", List.of(StubIndex.entry(wheel, OLD + ", \"yanked\": \"it is broken\"")));

        assertRefusal(Code.PACKAGE_NOT_FOUND, "took back (it is broken)", refusal("pandas"));
        assertEquals(Optional.empty(), session.findings().refusal(Optional.of("pandas==2.1")));
    }

    @Test
    void forbiddenNameIsAskedOfNobody() throws Exception {
        assertRefusal(Code.PACKAGE_FORBIDDEN, "is forbidden by the administrator", refusal("evilness"));
        assertEquals(List.of(), pip.requests());
    }

    @Test
    void whatFitsIsNoReason() throws Exception {
        pip.project("pandas", wheel);
        open(IndexSample.none(), "pandas>=2");
        page("pandas");

        assertEquals(Optional.empty(), session.findings().refusal(Optional.of("pandas>=2 (from x)")));
        assertEquals(Optional.empty(), session.findings().refusal(Optional.empty()));
    }

    @Test
    void packageThatAnotherNeedsIsExplainedToo() throws Exception {
        open(IndexSample.none(), "pandas");
        pip.project("pandas", wheel);
        page("pandas");
        page("missing-one");

        PackageRefusal refusal = session.findings().refusal(Optional.empty()).orElseThrow();

        assertEquals(
                Optional.of("missing-one>=1 is known to no package index. Look at its spelling."),
                session.findings()
                        .refusal(Optional.of("missing-one>=1 (from pandas)"))
                        .map(PackageRefusal::message));
        assertEquals("missing-one is known to no package index. Look at its spelling.", refusal.message());
    }

    @Test
    void scriptsForAnotherPythonAreRefusedAtOnce() throws Exception {
        String script = "# /// script\n# requires-python = \">=3.12\"\n# ///\n";
        open(
                IndexSample.none(),
                DeclaredPackages.read(PackageList.of(List.of()), "/p", List.of(new ScriptSource("a", script, "/a"))));

        assertRefusal(Code.PYTHON_MISMATCH, ">=3.12", session.refusal().orElseThrow());
        open(IndexSample.none());
        assertEquals(Optional.empty(), session.refusal());
    }
}
