package dev.datapipeline.environment.index.serving;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MetadataNamesTest {
    @Test
    void namesOfHeadersAreSpeltInOneWayAndNothingElseChanges() {
        String metadata = """
                Metadata-Version: 2.1
                Name: Typing_Extensions
                Summary: Requires-Dist: Not_A_Name, ä
                Requires-Dist: zope.interface[Some_Extra] (>=1) ; extra == 'Test_X'
                requires-dist:Foo__Bar
                Provides-Extra: Test_X

                Name: In_The_Text
                """;

        String normalised = normalised(metadata);

        assertEquals("""
                Metadata-Version: 2.1
                Name: typing-extensions
                Summary: Requires-Dist: Not_A_Name, ä
                Requires-Dist: zope-interface[Some_Extra] (>=1) ; extra == 'Test_X'
                requires-dist:foo-bar
                Provides-Extra: Test_X

                Name: In_The_Text
                """, normalised);
        assertEquals(normalised.replace("\n", "\r\n"), normalised(metadata.replace("\n", "\r\n")));
    }

    @Test
    void whatIsNoTextStaysAsItIs() {
        byte[] bytes = {(byte) 0xff, 0, '\n', (byte) 0x80, 'N', 'a', 'm', 'e', ':'};

        assertArrayEquals(bytes, MetadataNames.normalised(bytes));
    }

    private static String normalised(String metadata) {
        return new String(MetadataNames.normalised(metadata.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }
}
