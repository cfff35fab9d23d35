package dev.datapipeline.upstream;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "169.254.0.1",
                "0.0.0.0",
                "255.255.255.255",
                "224.0.0.1",
                "100.100.100.200",
                "168.63.129.16",
                "fe80::1",
                "fd00:ec2::254",
                "::",
                "ff02::1",
                "::ffff:169.254.169.254",
                "64:ff9b::a9fe:a9fe",
                "2002:a9fe:a9fe::1",
                "::169.254.169.254",
                "2852039166",
            })
    void addressOfMetadataAndLinkIsRefused(String address) throws IOException {
        assertFalse(AddressRules.isAllowed(InetAddress.getByName(address)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "10.1.2.3", "192.168.0.4", "fd00::5", "100.64.0.1"})
    void addressNearbyIsAllowedAndMayGetAKeyUnencrypted(String address) throws IOException {
        assertTrue(AddressRules.isAllowed(InetAddress.getByName(address)));
        assertTrue(AddressRules.isNear(InetAddress.getByName(address)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "2606:4700::1111", "100.128.0.1"})
    void addressFarAwayIsAllowedAndGetsNoKeyUnencrypted(String address) throws IOException {
        assertTrue(AddressRules.isAllowed(InetAddress.getByName(address)));
        assertFalse(AddressRules.isNear(InetAddress.getByName(address)));
    }
}
