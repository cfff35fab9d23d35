package dev.datapipeline.environment.index.upstream;

import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.environment.wheel.WantedWheel;
import dev.datapipeline.environment.wheel.WheelName;
import dev.datapipeline.environment.wheel.WheelRefusedException;
import dev.datapipeline.environment.wheel.WheelSource;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Finds the wheels of a lock at their indexes again: by the page of the index, since addresses may change and carry signatures, and by the
 * address in the lock where the index is not known any more.
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
        Optional<RemoteIndex> index = indexes.find(wanted.index());
        if (index.isEmpty()) {
            return atOldAddress(wanted);
        }
        RemoteIndex found = index.get();
        List<IndexFile> files = found.files(name.project()).orElse(List.of());
        return files.stream()
                .filter(file -> wanted.sha256().equals(file.sha256()))
                .findFirst()
                .<Download>map(file -> target -> found.download(file.url(), target))
                .orElseThrow(() -> gone(wanted, found.host()));
    }

    private Download atOldAddress(WantedWheel wanted) throws WheelRefusedException {
        if (wanted.url() == null || !wanted.index().equals(RemoteIndexes.DEFAULT)) {
            throw gone(wanted, "no index of the settings");
        }
        URI url = URI.create(wanted.url());
        RemoteIndex index = indexes.at(url.resolve("/"));
        return target -> index.download(url, target);
    }

    private static WheelRefusedException gone(WantedWheel wanted, String where) {
        String source = wanted.index().equals(RemoteIndexes.UPLOADS)
                ? "It was uploaded and is not here any more; upload it again."
                : "The index \"" + wanted.index() + "\" (" + where
                        + ") does not list it any more; update the packages.";
        return new WheelRefusedException(
                WheelRefusedException.Reason.WHEEL_GONE, wanted.filename() + " cannot be fetched. " + source);
    }
}
