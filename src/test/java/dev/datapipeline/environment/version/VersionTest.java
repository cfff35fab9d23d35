package dev.datapipeline.environment.version;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {
    /** In their order, from PEP 440 and its reference implementation. */
    private static final List<String> ORDERED = List.of(
            "1.0.dev456",
            "1.0a1",
            "1.0a2.dev456",
            "1.0a12.dev456",
            "1.0a12",
            "1.0b1.dev456",
            "1.0b2",
            "1.0b2.post345.dev456",
            "1.0b2.post345",
            "1.0rc1.dev456",
            "1.0rc1",
            "1.0",
            "1.0+abc.5",
            "1.0+abc.7",
            "1.0+5",
            "1.0.post456.dev34",
            "1.0.post456",
            "1.0.15",
            "1.1.dev1",
            "1!0.1");

    @Test
    void versionsAreInTheOrderOfPep440() {
        List<Version> shuffled =
                new ArrayList<>(ORDERED.stream().map(VersionTest::version).toList());
        Collections.shuffle(shuffled, new Random(20));

        List<String> sorted = shuffled.stream().sorted().map(Version::toString).toList();

        assertEquals(ORDERED, sorted);
    }

    @ParameterizedTest
    @CsvSource({
        "1.0.0, 1.0.0",
        "v1.0, 1.0",
        "1.0-ALPHA, 1.0a0",
        "1.0.beta.2, 1.0b2",
        "1.0c3, 1.0rc3",
        "1.0preview4, 1.0rc4",
        "1.0-1, 1.0.post1",
        "1.0.rev3, 1.0.post3",
        "1.0post, 1.0.post0",
        "1.0dev, 1.0.dev0",
        "01.002, 1.2",
        "0!1.0, 1.0",
        "2!1.0, 2!1.0",
        "1.0+Ubuntu-1_04, 1.0+ubuntu.1.4",
        "20240101123456789012345678901234567890, 20240101123456789012345678901234567890",
    })
    void spellingsOfAVersionBecomeOne(String spelling, String canonical) {
        assertEquals(canonical, version(spelling).toString());
        assertEquals(version(canonical), version(version(spelling).toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "1.", "a", "1.0-x", "1.0+", "1.0+a..b", "1..0", "-1", "1.0 .1", "١.٠", "1,0", "*", "1.*"
            })
    void whatIsNoVersionIsNotTaken(String text) {
        assertTrue(Version.of(text).isEmpty());
    }

    @Test
    void longTextCostsNothing() {
        assertTrue(Version.of("1" + ".1".repeat(100_000)).isEmpty());
        assertTrue(Version.of("1".repeat(100_000)).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "==1.0, 1.0.0, true",
        "==1.0, 1.0+local, true",
        "==1.0+local, 1.0, false",
        "==1.1.*, 1.1.post1, true",
        "==1.1.*, 1.10, false",
        "==1.*, 1, true",
        "!=1.1.*, 1.1.2, false",
        "!=1.1.*, 1.2, true",
        "~=2.2, 2.9, true",
        "~=2.2, 3.0, false",
        "~=2.2.0, 2.3, false",
        "~=2.2.post3, 2.2, false",
        "~=2.2.post3, 2.3, true",
        ">1.7, 1.7.post1, false",
        ">1.7, 1.7.1, true",
        ">1.7, 1.7+local, false",
        ">1.7.post2, 1.7.post3, true",
        "<2, 2rc1, false",
        "<2, 2.dev1, false",
        "<2, 1.9rc1, true",
        "<2rc2, 2rc1, true",
        "<=1.0, 1.0+local, true",
        ">=1!1.0, 2.0, false",
        "===1.0, 1.0, true",
        "===1.0, 1.0.0, false",
        "'>=2,<3,!=2.5', 2.5, false",
        "'>=2,<3,!=2.5', 2.6, true",
        "'', 7, true",
    })
    void specifiersMatchAsPep440Says(String text, String version, boolean matches) throws Exception {
        assertEquals(matches, Specifiers.of(text).match(version(version)));
    }

    @ParameterizedTest
    @CsvSource({">=2, 3.0rc1, false", ">=2rc1, 3.0rc1, true", "'', 1.0.dev1, false", "==3.0rc1, 3.0rc1, true"})
    void preReleaseIsSelectedOnlyWhereOneIsNamed(String text, String version, boolean selected) throws Exception {
        assertEquals(selected, Specifiers.of(text).select(version(version)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "~=2",
                ">=1.*",
                "==1.0+a.*",
                "==1.0.dev1.*",
                ">=1+a",
                "=2",
                "2",
                ">=",
                "==1.0;",
                ">=1,",
                "=>1",
                "== 1 2"
            })
    void whatIsNoConditionIsNotTaken(String text) {
        assertThrows(InvalidSpecifierException.class, () -> Specifiers.of(text));
    }

    @Test
    void conditionsHaveOneCanonicalText() throws Exception {
        assertEquals("<3,>=2.0", Specifiers.of(" >= 2.0 , < 3, >=2.0 ").toString());
    }

    private static Version version(String text) {
        return Version.of(text).orElseThrow(() -> new AssertionError(text + " is not read"));
    }
}
