package dev.datapipeline.environment.build.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datapipeline.environment.install.InstalledFile;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TopLevelModulesTest {
    private static List<String> of(String... paths) {
        return TopLevelModules.of(
                Stream.of(paths).map(path -> new InstalledFile(path, 0, "")).toList());
    }

    @Test
    void packagesModulesAndNativeModulesAreFound() {
        assertEquals(
                List.of("_cffi_backend", "numpy", "six"),
                of(
                        "numpy/__init__.py",
                        "numpy/linalg/__init__.py",
                        "six.py",
                        "_cffi_backend.cpython-311-x86_64-linux-gnu.so",
                        "six-1.0.dist-info/METADATA",
                        "__pycache__/six.cpython-311.pyc"));
    }

    @Test
    void ofANamespaceThePackagesInItAreFound() {
        assertEquals(
                List.of("google.protobuf", "zope.interface"),
                of("google/protobuf/__init__.py", "zope/interface/__init__.py", "zope/interface/deep/__init__.py"));
    }

    @Test
    void whatPackagesLeaveBehindIsNotImported() {
        assertEquals(
                List.of("good"), of("good/__init__.py", "tests/__init__.py", "tests/more/__init__.py", "setup.py"));
    }

    @Test
    void whatCannotBeImportedByNameIsLeftOut() {
        assertEquals(List.of(), of("not-a-name.py", "1st.py", "data/file.txt", "a b/__init__.py"));
    }
}
