package dev.datapipeline.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class ClientAddressTest {
    @Test
    void anAddressOfIpv4StandsForItself() {
        assertEquals("203.0.113.7", ClientAddress.network("203.0.113.7"));
        assertEquals("unknown", ClientAddress.network("unknown"));
    }

    @Test
    void addressesOfOneIpv6NetworkAreOne() {
        assertEquals(
                ClientAddress.network("2001:db8:1:2::1"), ClientAddress.network("2001:db8:1:2:ffff:ffff:ffff:ffff"));
        assertNotEquals(ClientAddress.network("2001:db8:1:2::1"), ClientAddress.network("2001:db8:1:3::1"));
    }

    @Test
    void anIpv4AddressInIpv6FormStandsForItself() {
        assertEquals("::ffff:203.0.113.7", ClientAddress.network("::ffff:203.0.113.7"));
    }
}
