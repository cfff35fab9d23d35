package dev.datapipeline.environment.build.resolve;

import dev.datapipeline.environment.build.EnvironmentBuildConfig;
import dev.datapipeline.environment.build.PackagesRefusal;
import dev.datapipeline.environment.build.PackagesRefusedException;
import dev.datapipeline.environment.index.IndexFindings;
import dev.datapipeline.environment.index.refusal.PackageRefusal;
import dev.datapipeline.environment.requirement.DeclaredPackages;
import dev.datapipeline.environment.requirement.Requirement;
import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.sandbox.builder.ResolveFailure;
import dev.datapipeline.sandbox.image.BaseImages;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says why packages cannot be resolved, from what pip said and what the indexes had. */
final class ResolveRefusals {
    private static final Pattern REQUESTED = Pattern.compile("The user requested (\\S.*)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private final DeclaredPackages declared;
    private final EnvironmentBuildConfig config;

    ResolveRefusals(DeclaredPackages declared, EnvironmentBuildConfig config) {
        this.declared = declared;
        this.config = config;
    }

    /** @throws IndexUnreachableException the failure says nothing about the packages */
    PackagesRefusedException of(ResolveFailure failure, IndexFindings findings) throws IndexUnreachableException {
        String message = printable(failure.message());
        return switch (failure.kind()) {
            case NO_SPACE, OUT_OF_MEMORY ->
                refused(
                        PackagesRefusal.ENVIRONMENT_TOO_LARGE,
                        "The builder has too little memory for these packages."
                                + " datapipeline.environment.builder-memory can give it more.");
            case NO_INSTALLER -> withoutInstaller();
            case BY_URL -> byUrl(failure, message);
            case CONFLICT -> unlessIndexFailed(findings, conflict(failure.message(), findings));
            case TIMEOUT, TOO_COMPLEX -> unlessIndexFailed(findings, timeout());
            case NO_VERSION -> {
                String requirement = printable(failure.requirement()).replaceFirst(" \\(from .*", "");
                yield unlessIndexFailed(findings, missing(requirement, findings));
            }
            case PYTHON -> python(failure, message, findings);
            case OTHER ->
                unlessIndexFailed(
                        findings,
                        findings.refusal(Optional.empty())
                                .map(ResolveRefusals::refused)
                                .orElseGet(() -> refused(
                                        PackagesRefusal.ENVIRONMENT_FAILED,
                                        "The packages cannot be resolved; pip says: " + message)));
        };
    }

    private static PackagesRefusedException unlessIndexFailed(IndexFindings findings, PackagesRefusedException refusal)
            throws IndexUnreachableException {
        Optional<IndexUnreachableException> unreachable = findings.unreachable();
        if (unreachable.isPresent()) {
            throw unreachable.get();
        }
        return findings.refusedWheel().map(PackagesRefusedException::of).orElse(refusal);
    }

    private PackagesRefusedException missing(String requirement, IndexFindings findings) {
        return findings.refusal(Optional.of(requirement))
                .map(ResolveRefusals::refused)
                .orElseGet(() -> refused(
                        PackagesRefusal.PACKAGES_CONFLICT,
                        "No version of " + requirement + origins(requirement)
                                + " fits everything else that is required. Name a wider range of versions."));
    }

    private PackagesRefusedException python(ResolveFailure failure, String message, IndexFindings findings) {
        String requirement = printable(failure.requirement()).replaceFirst(" \\(from .*", "");
        boolean isOfScripts =
                declared.requiresPython().filter(requirement::equals).isPresent();
        if (isOfScripts) {
            return refused(
                    PackagesRefusal.PYTHON_MISMATCH,
                    "The scripts need Python " + requirement + ", and the sandboxes have Python " + message + ".");
        }
        return findings.refusal(Optional.of(requirement).filter(text -> !text.isEmpty()))
                .map(ResolveRefusals::refused)
                .orElseGet(
                        () -> refused(PackagesRefusal.PYTHON_MISMATCH, "A package is for another Python: " + message));
    }

    private static PackagesRefusedException byUrl(ResolveFailure failure, String message) {
        return refused(
                PackagesRefusal.PACKAGE_BY_URL,
                "A package requires " + printable(failure.requirement()) + " by the address " + message
                        + ". Packages come from the indexes of the settings only: choose a version that does not, or upload"
                        + " a wheel.");
    }

    /**
     * pip's chain, in which each requirement of the user gets the place where it was written. Where the indexes have nothing of a package that
     * others require, pip calls that a conflict as well.
     */
    private PackagesRefusedException conflict(String chain, IndexFindings findings) {
        Optional<PackageRefusal> nothing = findings.refusal(Optional.empty());
        if (nothing.isPresent()) {
            return refused(nothing.get());
        }
        String told = chain.lines()
                .map(ResolveRefusals::printable)
                .map(this::withOrigin)
                .collect(Collectors.joining("; "));
        return refused(PackagesRefusal.PACKAGES_CONFLICT, "The requirements contradict each other: " + told + ".");
    }

    private String withOrigin(String line) {
        Matcher requested = REQUESTED.matcher(line);
        if (!requested.matches()) {
            return line;
        }
        return requested.group(1) + " is declared" + origins(requested.group(1));
    }

    private String origins(String requirement) {
        Matcher name = NAME.matcher(requirement);
        String normalised =
                name.lookingAt() ? name.group().replaceAll("[-_.]+", "-").toLowerCase(java.util.Locale.ROOT) : "";
        String places = declared.requirements().stream()
                .filter(each -> each.name().equals(normalised))
                .map(Requirement::origin)
                .map(origin -> origin.label())
                .distinct()
                .collect(Collectors.joining(" and "));
        return places.isEmpty() ? "" : " (" + places + ")";
    }

    private PackagesRefusedException timeout() {
        return refused(
                PackagesRefusal.ENVIRONMENT_TIMEOUT,
                "Finding versions that fit together took longer than "
                        + config.resolveTimeout().toSeconds()
                        + " s (datapipeline.environment.resolve-timeout). Narrower versions of the packages help.");
    }

    PackagesRefusedException tooManyPackages(int count) {
        return refused(
                PackagesRefusal.ENVIRONMENT_TOO_LARGE,
                "These are " + count + " packages with all that they require, and " + config.maxPackages()
                        + " are allowed (datapipeline.environment.max-packages).");
    }

    PackagesRefusedException withoutInstaller() {
        return refused(
                PackagesRefusal.ENVIRONMENT_FAILED,
                "The base image of the sandboxes has no pip that works. Choose one with pip, or with Debian's"
                        + " python3-pip-whl, in "
                        + BaseImages.setting(declared.image().orElse(BaseImages.DEFAULT)) + ".");
    }

    static PackagesRefusedException refused(PackageRefusal refusal) {
        return refused(PackagesRefusal.valueOf(refusal.code().name()), refusal.message());
    }

    private static PackagesRefusedException refused(PackagesRefusal refusal, String message) {
        return new PackagesRefusedException(refusal, message);
    }

    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
    }
}
