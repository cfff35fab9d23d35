package dev.datapipeline;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.inject.Inject;

/** What the packages may know of each other, and a few habits that reviews should not have to look for. */
@AnalyzeClasses(packages = "dev.datapipeline", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule packagesKnowEachOtherInOneDirection = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("problem")
            .definedBy("dev.datapipeline.problem")
            .layer("storage")
            .definedBy("dev.datapipeline.storage")
            .layer("sandbox")
            .definedBy("dev.datapipeline.sandbox")
            .layer("web")
            .definedBy("dev.datapipeline.web")
            .layer("dataset")
            .definedBy("dev.datapipeline.dataset")
            .layer("pipeline")
            .definedBy("dev.datapipeline.pipeline")
            .layer("run")
            .definedBy("dev.datapipeline.run")
            .layer("worker")
            .definedBy("dev.datapipeline.worker")
            .layer("server")
            .definedBy("dev.datapipeline.server")
            .whereLayer("server")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("worker")
            .mayOnlyBeAccessedByLayers("server")
            .whereLayer("run")
            .mayOnlyBeAccessedByLayers("worker", "server")
            .whereLayer("dataset")
            .mayOnlyBeAccessedByLayers("run", "worker", "server")
            .whereLayer("pipeline")
            .mayOnlyBeAccessedByLayers("run", "worker", "server")
            .whereLayer("problem")
            .mayNotAccessAnyLayer()
            .whereLayer("storage")
            .mayNotAccessAnyLayer()
            .whereLayer("sandbox")
            .mayNotAccessAnyLayer()
            .whereLayer("web")
            .mayOnlyAccessLayers("problem");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.datapipeline.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule everyClassHasItsPlace = noClasses().should().resideInAPackage("dev.datapipeline");

    @ArchTest
    static final ArchRule dockerIsKnownInOnePlace = noClasses()
            .that()
            .resideOutsideOfPackage("dev.datapipeline.sandbox")
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
