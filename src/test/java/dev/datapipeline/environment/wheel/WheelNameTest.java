package dev.datapipeline.environment.wheel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WheelNameTest {
    @ParameterizedTest
    @CsvSource({
        "pandas-2.2.1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl, pandas, 2.2.1, ''",
        "Foo.Bar_baz-1.0-1local-py2.py3-none-any.whl, foo-bar-baz, 1.0, 1local",
        "torch-2.1.0+cpu-cp311-cp311-linux_x86_64.whl, torch, 2.1.0+cpu, ''",
        "a-1!2.0rc1-py3-none-any.whl, a, 1!2.0rc1, ''",
    })
    void nameSaysWhatTheWheelIs(String filename, String project, String version, String build) {
        WheelName name = WheelName.of(filename).orElseThrow();

        assertEquals(project, name.project());
        assertEquals(version, name.version().toString());
        assertEquals(build, name.build());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a.whl",
                "a-1.0.whl",
                "a-1.0-py3-none.whl",
                "a-1.0-x-py3-none-any.whl",
                "a-1.0-1-2-py3-none-any.whl",
                "a-x-py3-none-any.whl",
                "a-1.0-py3-none-any.zip",
                "a-1.0-py3-none-any.whl.exe",
                "../a-1.0-py3-none-any.whl",
                "a/b-1.0-py3-none-any.whl",
                "a\\b-1.0-py3-none-any.whl",
                "a b-1.0-py3-none-any.whl",
                "-1.0-py3-none-any.whl",
                "a-1.0-py3-none-any\n.whl",
                "ä-1.0-py3-none-any.whl",
            })
    void whatIsNoNameIsNotTaken(String filename) {
        assertTrue(WheelName.of(filename).isEmpty());
    }

    @Test
    void hugeNamesAreNotTaken() {
        assertTrue(WheelName.of("a".repeat(300) + "-1-py3-none-any.whl").isEmpty());
        assertTrue(WheelName.of("a-1-" + "a.".repeat(40) + "a-b.b.b-c.c.c.whl").isEmpty());
    }

    @Test
    void wheelFitsWhereOneOfItsTagsDoes() {
        WheelName name =
                WheelName.of("a-1-cp310.cp311-cp311.abi3-linux_x86_64.any.whl").orElseThrow();

        assertEquals(8, name.tags().size());
        assertTrue(name.fits(List.of("py3-none-any", "cp311-abi3-linux_x86_64")));
        assertFalse(name.fits(List.of("py3-none-any", "cp311-none-linux_x86_64")));
    }
}
