package dev.datapipeline;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import jakarta.inject.Inject;
import java.util.List;

/** What the packages may know of each other, and a few habits that reviews should not have to look for. */
@AnalyzeClasses(packages = "dev.datapipeline", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** From the bottom up: each package with all that it may know of the others. */
    private static final List<Place> PLACES = List.of(
            place("settings"),
            place("problem"),
            place("csv"),
            place("memory", "settings", "problem"),
            place("storage"),
            place("engine"),
            place("sandbox", "settings", "engine"),
            place("docker", "engine", "sandbox"),
            place("web", "settings", "problem", "memory"),
            place("database", "problem"),
            place("dispatch", "settings", "sandbox", "database"),
            place("result", "storage", "engine", "database"),
            place("ingest", "csv", "problem", "storage"),
            place("dataset", "settings", "problem", "memory", "storage", "web", "ingest"),
            place("pipeline", "problem", "memory", "engine", "sandbox", "web"),
            place(
                    "run",
                    "settings",
                    "problem",
                    "memory",
                    "storage",
                    "engine",
                    "web",
                    "database",
                    "dispatch",
                    "result",
                    "dataset",
                    "pipeline"),
            place(
                    "record",
                    "csv",
                    "problem",
                    "memory",
                    "storage",
                    "engine",
                    "web",
                    "database",
                    "result",
                    "dataset",
                    "run"),
            place(
                    "trial",
                    "settings",
                    "problem",
                    "memory",
                    "storage",
                    "engine",
                    "sandbox",
                    "web",
                    "result",
                    "dataset",
                    "pipeline",
                    "record"),
            place(
                    "submission",
                    "problem",
                    "memory",
                    "engine",
                    "web",
                    "dispatch",
                    "dataset",
                    "pipeline",
                    "run",
                    "record"),
            place("retention", "problem", "storage", "database", "dataset", "run"),
            place(
                    "worker",
                    "settings",
                    "memory",
                    "storage",
                    "engine",
                    "sandbox",
                    "database",
                    "dispatch",
                    "result",
                    "dataset",
                    "run"),
            place("server", "engine"));

    private record Place(String name, String... known) {}

    private static Place place(String name, String... known) {
        return new Place(name, known);
    }

    @ArchTest
    static final ArchRule packagesKnowOnlyWhatIsNamed = packagesKnowOnlyWhatIsNamed();

    private static ArchRule packagesKnowOnlyWhatIsNamed() {
        Architectures.LayeredArchitecture house = layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .ensureAllClassesAreContainedInArchitecture();
        for (Place place : PLACES) {
            house = house.layer(place.name()).definedBy("dev.datapipeline." + place.name());
        }
        for (Place place : PLACES) {
            house = place.known().length == 0
                    ? house.whereLayer(place.name()).mayNotAccessAnyLayer()
                    : house.whereLayer(place.name()).mayOnlyAccessLayers(place.known());
        }
        return house;
    }

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.datapipeline.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule everyClassHasItsPlace = noClasses().should().resideInAPackage("dev.datapipeline");

    @ArchTest
    static final ArchRule dockerIsKnownInOnePlace = noClasses()
            .that()
            .resideOutsideOfPackage("dev.datapipeline.docker")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.github.dockerjava..");

    @ArchTest
    static final ArchRule fieldsAreNotInjected = noFields().should().beAnnotatedWith(Inject.class);

    @ArchTest
    static final ArchRule namesSayWhatAClassDoes = noClasses()
            .should()
            .haveNameMatching(".*(Impl|Manager|Helper|Helpers|Util|Utils|Processor|Handler|DAO|Dao|DTO|Dto)");
}
