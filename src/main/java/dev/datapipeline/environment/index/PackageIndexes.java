package dev.datapipeline.environment.index;

import dev.datapipeline.environment.index.project.PythonTarget;
import dev.datapipeline.environment.requirement.DeclaredPackages;

/** All indexes that packages may come from: uploaded wheels, those of the settings, and the one that pip has by default. */
public interface PackageIndexes {
    /** Opens them for one resolution. Does not block and asks nobody yet. */
    IndexSession open(DeclaredPackages declared, PythonTarget target);
}
