package dev.datapipeline.environment.index.upstream;

import dev.datapipeline.environment.index.page.IndexFile;
import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.environment.wheel.WheelName;
import dev.datapipeline.environment.wheel.WheelRefusedException;
import dev.datapipeline.environment.wheel.store.WantedWheel;
import dev.datapipeline.environment.wheel.store.WheelSource;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * Finds the wheels of a lock at their indexes again, by the pages of these: addresses change and carry signatures, and one in a lock says
 * nothing about where its index may send us.
 */
@Singleton
final class RemoteWheels implements WheelSource {
    private final RemoteIndexes indexes;

    RemoteWheels(RemoteIndexes indexes) {
        this.indexes = indexes;
    }

    @Override
    public Download find(WantedWheel wanted, WheelName name)
            throws IndexUnreachableException, WheelRefusedException, InterruptedException {
        if (wanted.index().equals(RemoteIndexes.UPLOADS)) {
            throw gone(wanted, "It was uploaded and is not here any more; upload it again.");
        }
        List<RemoteIndex> asked = indexes.ofLock(wanted.index(), name.project());
        for (RemoteIndex index : asked) {
            List<IndexFile> files = index.files(name.project()).orElse(List.of());
            Optional<IndexFile> file = files.stream()
                    .filter(listed -> isWanted(listed, wanted, index))
                    .findFirst();
            if (file.isPresent()) {
                return target -> index.download(file.get().url(), target);
            }
        }
        throw gone(
                wanted,
                asked.isEmpty()
                        ? "It came from the index \"" + wanted.index() + "\", which the settings do not have any more."
                        : "No index of the settings lists it any more; update the packages.");
    }

    /** Where the index states no SHA-256, a file of the same name is fetched: the store compares what comes with the lock. */
    private static boolean isWanted(IndexFile listed, WantedWheel wanted, RemoteIndex index) {
        return listed.sha256()
                .map(wanted.sha256()::equals)
                .orElseGet(() -> wanted.filename().equals(listed.filename()) && index.mayLackSha256(listed));
    }

    private static WheelRefusedException gone(WantedWheel wanted, String reason) {
        return new WheelRefusedException(
                WheelRefusedException.Reason.WHEEL_GONE, wanted.filename() + " cannot be fetched. " + reason);
    }
}
