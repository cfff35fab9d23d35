package dev.datapipeline.environment.index.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.environment.index.upstream.IndexSample.Source;
import dev.datapipeline.secret.SecretSample;
import dev.datapipeline.upstream.NetworkSample;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IndexSettingsTest {
    private static final String SECRET = "pass-word-1234";

    @TempDir
    Path folder;

    private static IndexSettings read(String name, Source source) {
        return IndexSettings.of(name, source, Duration.ofDays(7), NetworkSample.direct(), SecretSample.none());
    }

    private static String problem(String name, Source source) {
        String problem = String.valueOf(assertThrows(IllegalArgumentException.class, () -> read(name, source))
                .getMessage());
        assertTrue(problem.startsWith("datapipeline.environment.indexes."), problem);
        assertFalse(problem.contains(SECRET), problem);
        return problem;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://x/simple/",
                "file:///simple",
                "x/simple",
                "https:///simple",
                "https://user:" + SECRET + "@x/simple/",
                "https://x/simple/?q=1",
                "https://x/simple/#f",
                "http://metadata.google.internal/simple/",
            })
    void addressThatIsNoneIsRefusedByItsName(String url) {
        assertTrue(problem("corp", Source.at(url)).startsWith("datapipeline.environment.indexes.corp.url must"));
    }

    @Test
    void nameIsPlainAndNotOneOfOurs() {
        for (String name : List.of("Corp", "a b", "", "default", "uploads", "x".repeat(41))) {
            assertTrue(problem(name, Source.at("https://x/")).contains("the name of an index"));
        }
    }

    @Test
    void passwordComesFromOnePlaceAndIsInNoText() throws IOException {
        Path file = folder.resolve("password");
        Files.writeString(file, SECRET + "\n");
        Source source = Source.at("https://x/simple");

        IndexSettings settings = read("corp", source.withPassword("me", SECRET));
        assertEquals("https://x/simple/", settings.url().toString());
        assertFalse(settings.toString().contains(SECRET), settings.toString());
        assertTrue(problem("corp", source.withPassword("me", SECRET).withPasswordFile(file))
                .contains("both set"));
        assertTrue(problem("corp", source.withPasswordFile(file)).contains("username is missing"));
        assertTrue(problem("corp", source.withPassword("me:", SECRET)).contains("colon"));
        assertTrue(problem("corp", source.withPasswordFile(folder)).contains("password-file cannot be read"));
    }

    @Test
    void passwordMayBeASecretThatChanges() {
        SecretSample secrets = SecretSample.none();
        Source source = Source.at("https://x/simple").withPasswordSecret("me", "corp");
        IndexPassword password = IndexSettings.of("corp", source, Duration.ofDays(7), NetworkSample.direct(), secrets)
                .password();

        assertTrue(password.isConfigured());
        assertTrue(password.now().isEmpty());
        secrets.with("corp", SECRET);
        assertEquals(
                new Credentials("me", SECRET).header(),
                password.now().orElseThrow().header());
        assertFalse(password.mask("it says " + new Credentials("me", SECRET).header())
                .contains(Base64.getEncoder()
                        .encodeToString(SECRET.getBytes(UTF_8))
                        .substring(2, 16)));
        assertEquals("it says ***", password.mask("it says " + SECRET));
        assertTrue(problem("corp", source.withPassword("me", SECRET))
                .contains("password and password-secret are both set"));
    }

    @Test
    void indexWithPatternsTakesNewFilesToo() {
        assertEquals(Duration.ofDays(7), read("corp", Source.at("https://x/")).minimumAge());
        assertEquals(
                Duration.ZERO,
                read("corp", Source.at("https://x/").withPackages("acme-*")).minimumAge());
        assertEquals(
                Duration.ofDays(1),
                read("corp", Source.at("https://x/").withMinimumAge(Duration.ofDays(1)))
                        .minimumAge());
        assertTrue(problem("corp", Source.at("https://x/").withPackages("a b")).contains(".packages must"));
    }

    @ParameterizedTest
    @CsvSource({
        "acme-*, acme-tools, true",
        "acme-*, acme, false",
        "ACME_*, acme-tools, true",
        "*, anything, true",
        "acme.tools, acme-tools, true",
        "a*z, abcz, true",
        "a*z, abcy, false",
    })
    void patternsAreOfNormalisedNames(String pattern, String name, boolean matches) {
        assertEquals(matches, NamePatterns.of(List.of(pattern), "x").match(name));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1, false",
        "127.0.0.1, 10.0.0.1, true",
        "127.0.0.1, 8.8.8.8, true",
        "10.0.0.1, 127.0.0.1, false",
        "10.0.0.1, 192.168.0.1, false",
        "10.0.0.1, 8.8.8.8, true",
        "8.8.8.8, 127.0.0.1, false",
        "8.8.8.8, 1.1.1.1, false",
    })
    void indexMayNotSendToANearerNetwork(String target, String own, boolean isNearer) throws IOException {
        assertEquals(isNearer, Hop.isNearer(InetAddress.getByName(target), List.of(InetAddress.getByName(own))));
    }

    @Test
    void nearAddressBesidesAPublicOneMakesAnIndexNoNearer() throws IOException {
        List<InetAddress> own = List.of(InetAddress.getByName("8.8.8.8"), InetAddress.getByName("127.0.0.1"));

        assertTrue(Hop.isNearer(InetAddress.getByName("127.0.0.1"), own));
    }
}
