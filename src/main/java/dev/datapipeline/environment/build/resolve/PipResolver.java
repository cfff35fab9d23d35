package dev.datapipeline.environment.build.resolve;

import dev.datapipeline.environment.build.BuildLog;
import dev.datapipeline.environment.build.BuildStep;
import dev.datapipeline.environment.build.EnvironmentBuildConfig;
import dev.datapipeline.environment.build.PackageResolver;
import dev.datapipeline.environment.build.PackagesRefusedException;
import dev.datapipeline.environment.index.IndexFindings;
import dev.datapipeline.environment.index.IndexSession;
import dev.datapipeline.environment.index.PackageIndexes;
import dev.datapipeline.environment.index.project.PythonTarget;
import dev.datapipeline.environment.index.project.ServedWheel;
import dev.datapipeline.environment.index.refusal.PackageRefusal;
import dev.datapipeline.environment.lock.Lock;
import dev.datapipeline.environment.lock.LockedPackage;
import dev.datapipeline.environment.requirement.DeclaredPackages;
import dev.datapipeline.environment.requirement.Requirement;
import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.outbound.OutboundAccess;
import dev.datapipeline.outbound.WaitingTime;
import dev.datapipeline.sandbox.builder.Builder;
import dev.datapipeline.sandbox.builder.BuilderTarget;
import dev.datapipeline.sandbox.builder.Builders;
import dev.datapipeline.sandbox.builder.Resolution;
import dev.datapipeline.sandbox.builder.ResolveFailure;
import dev.datapipeline.sandbox.builder.ResolveOrder;
import dev.datapipeline.sandbox.builder.ResolvedPackage;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.image.BaseImages;
import dev.datapipeline.time.Ticker;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Resolves packages with the pip of the sandbox image, in a builder whose only index is this service. */
@Singleton
public final class PipResolver implements PackageResolver {
    private static final String NO_PLATFORM = "any";

    /** Of the lock of scripts that need no packages. */
    private static final String NO_INSTALLER = "none";

    private final Builders builders;
    private final PackageIndexes indexes;
    private final EnvironmentBuildConfig config;
    private final Ticker ticker;
    private final Map<String, BuilderTarget> targets = new ConcurrentHashMap<>();

    public PipResolver(Builders builders, PackageIndexes indexes, EnvironmentBuildConfig config, Ticker ticker) {
        this.builders = builders;
        this.indexes = indexes;
        this.config = config;
        this.ticker = ticker;
    }

    /** @param image in which the builder runs */
    private record Place(String image, BuilderTarget target, Builder builder) {
        Lock lock(String installer, List<LockedPackage> packages) {
            return PipResolver.lock(target, image, installer, packages);
        }
    }

    private static Lock lock(BuilderTarget target, String image, String installer, List<LockedPackage> packages) {
        String platform = Objects.requireNonNullElse(target.platform(), NO_PLATFORM);
        return new Lock(target.python(), platform, image, installer, packages);
    }

    @Override
    public Lock resolve(DeclaredPackages declared, BuildLog log)
            throws PackagesRefusedException, IndexUnreachableException, SandboxFailureException, InterruptedException {
        log.begin(BuildStep.RESOLVE);
        String base = declared.image().orElse(BaseImages.DEFAULT);
        String image = builders.image(base);
        try (Builder builder = builders.launch(base)) {
            BuilderTarget target = builder.inspect();
            targets.put(image, target);
            Place place = new Place(image, target, builder);
            return declared.isEmpty() && declared.requiresPython().isEmpty()
                    ? place.lock(NO_INSTALLER, List.of())
                    : resolve(declared, place, log);
        }
    }

    private Lock resolve(DeclaredPackages declared, Place place, BuildLog log)
            throws PackagesRefusedException, IndexUnreachableException, SandboxFailureException, InterruptedException {
        String installer = place.target.installer();
        String index = place.target.index();
        ResolveRefusals refusals = new ResolveRefusals(declared, config);
        if (installer == null || index == null) {
            throw refusals.withoutInstaller();
        }
        PythonTarget python = new PythonTarget(place.target.python(), place.target.tags(), index);
        try (IndexSession session = indexes.open(declared, python)) {
            Optional<PackageRefusal> known = session.refusal();
            if (known.isPresent()) {
                throw ResolveRefusals.refused(known.get());
            }
            OutboundAccess access = new OutboundAccess(Map.of(), session.service(), new WaitingTime(ticker));
            ResolveOrder order = new ResolveOrder(
                    declared.lines(), declared.requiresPython().orElse(""), access, config.resolveTimeout());
            Resolution resolution = place.builder.resolve(order, log::line);
            ResolveFailure failure = resolution.failure();
            if (failure != null) {
                throw refusals.of(failure, session.findings());
            }
            List<LockedPackage> packages = locked(resolution.packages(), session.findings(), refusals, log);
            warnOfIgnored(declared, resolution.packages(), log);
            return place.lock(installer, packages);
        }
    }

    /** What the builder chose, with what the indexes said of it: the builder could say anything. */
    private List<LockedPackage> locked(
            List<ResolvedPackage> chosen, IndexFindings findings, ResolveRefusals refusals, BuildLog log)
            throws PackagesRefusedException, SandboxFailureException {
        if (chosen.size() > config.maxPackages()) {
            throw refusals.tooManyPackages(chosen.size());
        }
        List<LockedPackage> locked = new ArrayList<>();
        List<ServedWheel> served = new ArrayList<>();
        for (ResolvedPackage each : chosen) {
            ServedWheel wheel = findings.wheel(each.filename())
                    .orElseThrow(() -> SandboxFailureException.violation("a wheel that no index has offered"));
            served.add(wheel);
            warnOfYanked(each, wheel, log);
            locked.add(new LockedPackage(
                    each.name(),
                    each.version(),
                    each.filename(),
                    wheel.sha256(),
                    wheel.size(),
                    wheel.index(),
                    wheel.url(),
                    requiredBy(each.name(), chosen)));
            log.progress(locked.size(), chosen.size());
        }
        warnOfUnpinned(served, log);
        return locked;
    }

    private static void warnOfYanked(ResolvedPackage chosen, ServedWheel wheel, BuildLog log) {
        if (wheel.yanked() != null) {
            log.warning(chosen.name() + " " + chosen.version() + " was withdrawn by its authors"
                    + (wheel.yanked().isBlank() ? "." : ": " + wheel.yanked()));
        }
    }

    private static void warnOfUnpinned(List<ServedWheel> served, BuildLog log) {
        Map<String, List<String>> byIndex = served.stream()
                .filter(wheel -> !wheel.isPinned())
                .collect(Collectors.groupingBy(
                        ServedWheel::index,
                        TreeMap::new,
                        Collectors.mapping(ServedWheel::filename, Collectors.toList())));
        byIndex.forEach((index, files) -> log.warning("The package index \"" + index + "\" states no SHA-256 of "
                + String.join(", ", files)
                + ". The lock has the SHA-256 of what was fetched now, so that any change after"
                + " that is found; nothing tells whether the files were changed before."));
    }

    private static List<String> requiredBy(String name, List<ResolvedPackage> chosen) {
        return chosen.stream()
                .filter(other -> other.requires().contains(name))
                .map(ResolvedPackage::name)
                .toList();
    }

    private static void warnOfIgnored(DeclaredPackages declared, List<ResolvedPackage> chosen, BuildLog log) {
        Set<String> names = chosen.stream().map(ResolvedPackage::name).collect(Collectors.toSet());
        for (Requirement requirement : declared.requirements()) {
            if (!names.contains(requirement.name())) {
                log.warning(requirement.text() + " (" + requirement.origin().label()
                        + ") is not installed: its marker does not hold for the Python of the sandboxes.");
            }
        }
    }

    @Override
    public boolean fits(Lock lock, String base) throws SandboxFailureException, InterruptedException {
        String image = builders.image(base);
        if (lock.image().equals(image)) {
            return true;
        }
        BuilderTarget target = targets.get(image);
        if (target == null) {
            try (Builder builder = builders.launch(base)) {
                target = builder.inspect();
            }
            targets.put(image, target);
        }
        Lock now = lock(target, image, lock.installer(), lock.packages());
        return now.key().equals(lock.key());
    }
}
