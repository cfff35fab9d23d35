package dev.datapipeline;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import dev.datapipeline.environment.service.EnvironmentRef;
import dev.datapipeline.pipeline.saved.PipelineRef;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.run.RunRef;
import io.quarkus.logging.Log;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.Router;
import jakarta.inject.Inject;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.UUID;

/** What the packages may know of each other, and a few habits that reviews should not have to look for. */
@AnalyzeClasses(packages = "dev.datapipeline", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule packagesKnowOnlyWhatIsNamed = packagesKnowOnlyWhatIsNamed();

    private static ArchRule packagesKnowOnlyWhatIsNamed() {
        Architectures.LayeredArchitecture house = layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .ensureAllClassesAreContainedInArchitecture();
        List<KnownPackages> places = KnownPackages.all();
        for (KnownPackages place : places) {
            house = house.layer(place.name()).definedBy("dev.datapipeline." + place.name());
        }
        for (KnownPackages place : places) {
            house = place.known().length == 0
                    ? house.whereLayer(place.name()).mayNotAccessAnyLayer()
                    : house.whereLayer(place.name()).mayOnlyAccessLayers(place.known());
        }
        return house;
    }

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.datapipeline.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule everyClassHasItsPlace = noClasses().should().resideInAPackage("dev.datapipeline");

    @ArchTest
    static final ArchRule dockerIsKnownInOnePlace = noClasses()
            .that()
            .resideOutsideOfPackage("dev.datapipeline.sandbox.docker..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.github.dockerjava..");

    /** Others read and write tables by queries with named parameters, or by entities. The embedded database opens its own connections. */
    @ArchTest
    static final ArchRule jdbcIsKnownInOnePlace = noClasses()
            .that()
            .resideOutsideOfPackages("dev.datapipeline.database", "dev.datapipeline.server.postgres")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.sql..");

    @ArchTest
    static final ArchRule referencesToRunsAreMadeByThoseWhoMay = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.datapipeline.run", "dev.datapipeline.run.service", "dev.datapipeline.retention")
            .should()
            .callConstructor(RunRef.class, UUID.class);

    @ArchTest
    static final ArchRule referencesToPipelinesAreMadeByThoseWhoMay =
            referencesAreMadeBy("VisiblePipelines", PipelineRef.class, UUID.class);

    @ArchTest
    static final ArchRule referencesToEnvironmentsAreMadeByThoseWhoMay =
            referencesAreMadeBy("VisibleEnvironments", EnvironmentRef.class, UUID.class);

    private static ArchRule referencesAreMadeBy(String door, Class<?> reference, Class<?>... values) {
        return noClasses().that().doNotHaveSimpleName(door).should().callConstructor(reference, values);
    }

    /** An id that a client names becomes a reference or a thing by asking for the access of its caller, and by nothing else. */
    @ArchTest
    static final ArchRule resourcesReachStoredThingsThroughDoorsOnly = noClasses()
            .that()
            .areAnnotatedWith(Path.class)
            .and()
            .resideOutsideOfPackage("dev.datapipeline.identity..")
            .should()
            .callCodeUnitWhere(takesAnIdAndIsNoDoor());

    private static DescribedPredicate<JavaCall<?>> takesAnIdAndIsNoDoor() {
        return DescribedPredicate.describe(
                "a method that takes an id and is none of a class Visible…",
                call -> call.getTargetOwner().getPackageName().startsWith("dev.datapipeline")
                        && !call.getTargetOwner().getSimpleName().startsWith("Visible")
                        && !call.getTargetOwner().equals(call.getOriginOwner())
                        && !call.getTargetOwner().isRecord()
                        && !call.getTargetOwner().isEquivalentTo(ProblemException.class)
                        && call.getTarget().getRawParameterTypes().stream()
                                .anyMatch(type -> type.isEquivalentTo(UUID.class)));
    }

    @ArchTest
    static final ArchRule resourcesAreNotPublic =
            classes().that().areAnnotatedWith(Path.class).should().notBePublic();

    @ArchTest
    static final ArchRule parametersAreNamedByOneDialect = noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(QueryParam.class, PathParam.class, HeaderParam.class);

    @ArchTest
    static final ArchRule filtersAreRegisteredInOnePlace = noClasses()
            .that()
            .doNotHaveSimpleName("FilterChain")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Filters.class, Router.class);

    @ArchTest
    static final ArchRule logsGoThroughOneLibrary =
            noClasses().should().dependOnClassesThat().belongToAnyOf(Log.class);

    @ArchTest
    static final ArchRule fieldsAreNotInjected = noFields().should().beAnnotatedWith(Inject.class);

    @ArchTest
    static final ArchRule namesSayWhatAClassDoes = noClasses()
            .should()
            .haveNameMatching(".*(Impl|Manager|Helper|Helpers|Util|Utils|Processor|Handler|DAO|Dao|DTO|Dto)");
}
