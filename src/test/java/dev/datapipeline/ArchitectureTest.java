package dev.datapipeline;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
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
    /** From the bottom up: each package with all that it may know of the others. */
    private static final List<Place> PLACES = List.of(
            place("settings"),
            place("problem"),
            place("time"),
            place("json"),
            place("csv"),
            place("memory", "problem"),
            place("storage"),
            place("database"),
            place("llm.call"),
            place("llm.upstream", "settings", "llm.call"),
            place("llm.request", "llm.call"),
            place("llm.answer", "llm.call"),
            place("outbound.wire", "memory"),
            place("outbound", "settings", "time", "memory", "outbound.wire"),
            place("llm.gateway.reply", "llm.call", "llm.answer", "llm.request", "llm.upstream", "outbound"),
            place(
                    "llm.gateway.attempt",
                    "memory",
                    "outbound",
                    "llm.call",
                    "llm.answer",
                    "llm.request",
                    "llm.upstream",
                    "llm.gateway.reply"),
            place(
                    "llm.gateway",
                    "time",
                    "memory",
                    "outbound",
                    "llm.call",
                    "llm.answer",
                    "llm.request",
                    "llm.upstream",
                    "llm.gateway.reply",
                    "llm.gateway.attempt"),
            place("llm.money", "llm.call", "llm.upstream"),
            place("llm.limit", "time"),
            place("llm.journal", "time", "storage", "llm.call", "llm.money"),
            place("llm.budget", "time", "database", "llm.call", "llm.money", "llm.journal"),
            place("llm.replay", "storage", "llm.call", "llm.journal"),
            place("http.paging"),
            place("http", "settings", "problem", "database", "http.paging"),
            place("http.filter", "problem", "memory", "http"),
            place("http.json", "problem", "http.filter"),
            place("llm.options", "problem", "http.json", "llm.call", "llm.upstream", "llm.money"),
            place("llm.api", "problem", "time", "llm.upstream", "llm.money", "llm.options"),
            place("http.download", "problem", "http"),
            place("http.openapi", "problem"),
            place("dataset.ingest.format", "problem", "json"),
            place("digest"),
            place("dataset.ingest.input", "problem", "json", "dataset.ingest.format", "digest"),
            place("dataset.ingest.csv", "problem", "json", "csv", "dataset.ingest.format", "dataset.ingest.input"),
            place("dataset.ingest.json", "problem", "json", "dataset.ingest.format", "dataset.ingest.input"),
            place(
                    "dataset.ingest",
                    "problem",
                    "storage",
                    "dataset.ingest.format",
                    "dataset.ingest.input",
                    "dataset.ingest.csv",
                    "dataset.ingest.json"),
            place("dataset.upload", "settings", "problem", "dataset.ingest.format"),
            place(
                    "dataset",
                    "problem",
                    "json",
                    "storage",
                    "http.paging",
                    "http.download",
                    "dataset.ingest.format",
                    "dataset.ingest.input",
                    "dataset.ingest",
                    "dataset.upload"),
            place("sandbox.engine", "outbound"),
            place("sandbox.isolation"),
            place("sandbox.engine.protocol", "time", "json", "outbound", "sandbox.engine", "sandbox.isolation"),
            place("pipeline", "llm.options", "problem", "http.json", "sandbox.engine", "sandbox.engine.protocol"),
            place("sandbox", "settings", "sandbox.engine", "sandbox.isolation"),
            place("pipeline.check", "problem", "time", "sandbox.engine", "pipeline", "sandbox"),
            place("pipeline.form", "problem", "http.json", "pipeline"),
            place(
                    "pipeline.saved",
                    "llm.options",
                    "problem",
                    "memory",
                    "http.paging",
                    "http.download",
                    "pipeline",
                    "pipeline.check"),
            place("result", "storage", "database", "sandbox.engine"),
            place("run", "llm.call", "llm.options", "dataset", "sandbox.engine", "pipeline"),
            place(
                    "llm.ledger",
                    "time",
                    "storage",
                    "database",
                    "llm.call",
                    "llm.upstream",
                    "llm.money",
                    "llm.limit",
                    "llm.journal",
                    "llm.budget",
                    "llm.replay",
                    "sandbox",
                    "run"),
            place("run.store", "problem", "database", "sandbox.engine", "pipeline", "result", "run"),
            place("run.store.batch", "database", "sandbox.engine", "result", "run", "run.store"),
            place("run.store.failure", "database", "result", "run", "run.store"),
            place(
                    "results.scan",
                    "problem",
                    "storage",
                    "http.download",
                    "dataset",
                    "sandbox.engine",
                    "result",
                    "run",
                    "run.store",
                    "run.store.batch",
                    "run.store.failure"),
            place(
                    "results.compare",
                    "time",
                    "memory",
                    "http.download",
                    "digest",
                    "dataset",
                    "sandbox.engine",
                    "result",
                    "run",
                    "run.store",
                    "run.store.batch",
                    "run.store.failure",
                    "results.scan"),
            place(
                    "run.service",
                    "settings",
                    "problem",
                    "storage",
                    "database",
                    "llm.call",
                    "llm.money",
                    "llm.options",
                    "llm.budget",
                    "llm.ledger",
                    "dataset",
                    "sandbox.engine",
                    "pipeline",
                    "result",
                    "run",
                    "run.store"),
            place(
                    "results.export",
                    "llm.journal",
                    "llm.money",
                    "problem",
                    "csv",
                    "http.download",
                    "dataset",
                    "sandbox.engine",
                    "result",
                    "run",
                    "run.store",
                    "run.store.batch",
                    "results.scan",
                    "run.service"),
            place(
                    "results",
                    "llm.journal",
                    "llm.ledger",
                    "problem",
                    "csv",
                    "http.download",
                    "pipeline",
                    "result",
                    "run",
                    "run.store",
                    "run.store.failure",
                    "results.scan",
                    "results.compare",
                    "run.service",
                    "results.export"),
            place("retention", "problem", "storage", "database", "dataset", "run", "run.store", "run.service"),
            place(
                    "llm.report",
                    "database",
                    "llm.call",
                    "llm.upstream",
                    "llm.money",
                    "llm.journal",
                    "llm.budget",
                    "llm.ledger",
                    "sandbox.engine",
                    "run",
                    "run.service"),
            place(
                    "run.api",
                    "llm.money",
                    "llm.options",
                    "llm.report",
                    "http.json",
                    "problem",
                    "time",
                    "memory",
                    "storage",
                    "http.paging",
                    "http.filter",
                    "http.download",
                    "pipeline",
                    "result",
                    "run",
                    "run.store",
                    "run.store.batch",
                    "run.service"),
            place("sandbox.docker.api", "sandbox.engine"),
            place("sandbox.docker.socket", "sandbox.engine", "sandbox", "sandbox.docker.api"),
            place("sandbox.pool", "time", "sandbox.engine", "sandbox"),
            place(
                    "sandbox.docker",
                    "time",
                    "outbound",
                    "sandbox.engine",
                    "sandbox.isolation",
                    "sandbox.engine.protocol",
                    "sandbox",
                    "sandbox.docker.api",
                    "sandbox.docker.socket",
                    "sandbox.pool"),
            place("worker.dispatch", "settings", "database", "sandbox", "run", "run.store", "run.store.batch"),
            place(
                    "submission",
                    "llm.options",
                    "problem",
                    "memory",
                    "http.filter",
                    "http.json",
                    "digest",
                    "dataset.upload",
                    "dataset",
                    "sandbox.engine",
                    "pipeline",
                    "pipeline.check",
                    "pipeline.form",
                    "pipeline.saved",
                    "run",
                    "run.service",
                    "run.api",
                    "worker.dispatch"),
            place("seed", "problem", "http", "http.download", "run", "run.service", "results.export", "submission"),
            place("server.postgres", "time"),
            place("server", "time", "server.postgres"),
            place(
                    "trial",
                    "settings",
                    "problem",
                    "memory",
                    "outbound",
                    "llm.call",
                    "llm.money",
                    "llm.journal",
                    "llm.budget",
                    "llm.options",
                    "llm.gateway",
                    "llm.ledger",
                    "storage",
                    "http.json",
                    "http.download",
                    "dataset",
                    "sandbox.engine",
                    "pipeline",
                    "sandbox",
                    "result",
                    "results.export",
                    "results"),
            place(
                    "worker.retry",
                    "storage",
                    "dataset",
                    "sandbox.engine",
                    "result",
                    "run",
                    "run.store",
                    "run.store.batch"),
            place(
                    "worker",
                    "settings",
                    "time",
                    "outbound",
                    "llm.call",
                    "llm.gateway",
                    "storage",
                    "database",
                    "dataset",
                    "sandbox.engine",
                    "sandbox",
                    "result",
                    "run",
                    "run.store",
                    "run.store.batch",
                    "run.service",
                    "worker.dispatch",
                    "worker.retry"));

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
