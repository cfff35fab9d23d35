package dev.datapipeline.environment.index;

import dev.datapipeline.environment.index.project.ServedWheel;
import dev.datapipeline.environment.index.refusal.PackageRefusal;
import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.environment.wheel.WheelRefusedException;
import java.util.Optional;

/**
 * What the indexes said while pip resolved. pip says the same for an unknown name, for one that has only sources and for one of another
 * platform; this knows which it was. Thread-safe; its methods do not block.
 */
public interface IndexFindings {
    /** An index that could not be asked. Where there is one, a failed resolution says nothing about the packages. */
    Optional<IndexUnreachableException> unreachable();

    /**
     * Why pip found nothing.
     *
     * @param requirement for which pip found nothing, as it says it ({@code foo==9} of <i>No matching distribution found for foo==9</i>);
     *     empty where that is not known: then all names that were asked for are looked at
     * @return empty where the indexes had something that fits: the requirements contradict each other then
     */
    Optional<PackageRefusal> refusal(Optional<String> requirement);

    /** A wheel that was not what its index announced. Where there is one, pip did not get it. */
    Optional<WheelRefusedException> refusedWheel();

    /** A wheel that was offered under this name. */
    Optional<ServedWheel> wheel(String filename);
}
