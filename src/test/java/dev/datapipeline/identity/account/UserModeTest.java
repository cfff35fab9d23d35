package dev.datapipeline.identity.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.identity.AuthMode;
import io.smallrye.config.ConfigValidationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserModeTest {
    @ParameterizedTest
    @CsvSource({
        "AUTOMATIC, false, false, true",
        "AUTOMATIC, false, true, false",
        "AUTOMATIC, true, false, false",
        "REQUIRED, false, false, false",
        "REQUIRED, true, true, false",
        "OFF, false, false, true",
        "OFF, false, true, true"
    })
    void onlyAServiceThatNobodyElseReachesHasNoUsers(
            AuthMode mode, boolean hasUsers, boolean isPublic, boolean isSingleUser) {
        assertEquals(isSingleUser, UserMode.isSingleUser(mode, hasUsers, isPublic));
    }

    @Test
    void aServiceWithUsersIsNotOpenedToEverybody() {
        ConfigValidationException refused =
                assertThrows(ConfigValidationException.class, () -> UserMode.isSingleUser(AuthMode.OFF, true, false));

        assertTrue(refused.getProblem(0).getMessage().contains("datapipeline.auth is off, but there are users"));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true",
        "localhost, true",
        "::1, true",
        "127.8.8.8, true",
        "0.0.0.0, false",
        "::, false",
        "10.0.0.7, false",
        "no such host, false"
    })
    void onlyLoopbackAddressesAreOfThisMachineAlone(String host, boolean isLoopback) {
        assertEquals(isLoopback, UserMode.isLoopback(host));
    }
}
