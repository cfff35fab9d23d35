package dev.datapipeline.environment.wheel.store;

import dev.datapipeline.digest.FileHash;
import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.environment.wheel.WheelName;
import dev.datapipeline.environment.wheel.WheelRefusedException;
import dev.datapipeline.environment.wheel.file.IncomingWheel;
import dev.datapipeline.environment.wheel.file.StoredWheel;
import dev.datapipeline.environment.wheel.file.WheelCatalog;
import dev.datapipeline.environment.wheel.file.WheelFiles;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import org.jboss.logging.Logger;

/** Brings wheels into the store, checked while they arrive, and removes others where they take more disk space than they may. */
final class WheelFetches {
    private static final Logger LOG = Logger.getLogger(WheelFetches.class);

    private final WheelFiles files;
    private final WheelCatalog catalog;
    private final WheelConfig config;
    private final WheelProtection protection;
    private final Lock publishing;
    private final SingleDownload downloads = new SingleDownload();

    /** @param publishing held while a wheel gets its place */
    WheelFetches(
            WheelFiles files, WheelCatalog catalog, WheelConfig config, WheelProtection protection, Lock publishing) {
        this.files = files;
        this.catalog = catalog;
        this.config = config;
        this.protection = protection;
        this.publishing = publishing;
    }

    /** A wheel of a known hash, fetched when it is not here. */
    StoredWheel fetch(WantedWheel wanted, WheelName name, WheelSource.Download download)
            throws IndexUnreachableException, WheelRefusedException, IOException, InterruptedException {
        String sha256 = wanted.sha256();
        while (true) {
            Optional<StoredWheel> wheel = catalog.open(sha256);
            if (wheel.isPresent()) {
                return wheel.get();
            }
            wheel = downloads.run(wanted.index() + " " + sha256, () -> fetchNow(wanted, name, download));
            if (wheel.isPresent()) {
                return wheel.get();
            }
        }
    }

    private StoredWheel fetchNow(WantedWheel wanted, WheelName name, WheelSource.Download download)
            throws IndexUnreachableException, WheelRefusedException, IOException, InterruptedException {
        try (IncomingWheel file = receive(name, wanted.size())) {
            download.into(file);
            checkSize(file, name, wanted.size());
            String actual = file.finish();
            if (!actual.equals(wanted.sha256())) {
                throw mismatch(
                        name.filename() + " has the SHA-256 " + actual + ", and " + wanted.sha256() + " was expected.");
            }
            return publish(file, actual, name);
        }
    }

    /** A wheel whose SHA-256 its index does not state, fetched in any case. */
    StoredWheel fetch(UnpinnedWheel wanted, WheelName name, WheelSource.Download download)
            throws IndexUnreachableException, WheelRefusedException, IOException, InterruptedException {
        try (IncomingWheel file = receive(name, wanted.size())) {
            download.into(file);
            checkSize(file, name, wanted.size());
            String sha256 = file.finish();
            FileHash stated = wanted.hash();
            if (stated != null && !stated.isOf(file.file())) {
                throw mismatch(name.filename() + " does not have the " + stated.algorithm() + " hash " + stated.digits()
                        + " that its index states.");
            }
            return publish(file, sha256, name);
        }
    }

    private IncomingWheel receive(WheelName name, long size) throws IOException, WheelRefusedException {
        long limit = config.largest().asLongValue();
        if (size > limit) {
            throw new WheelRefusedException(
                    WheelRefusedException.Reason.WHEEL_REFUSED,
                    name.filename() + " has " + size + " bytes; datapipeline.environment.wheels.largest allows " + limit
                            + ".");
        }
        return files.create(name.filename(), size < 0 ? limit : size, null);
    }

    private static void checkSize(IncomingWheel file, WheelName name, long size) throws WheelRefusedException {
        if (size >= 0 && file.size() != size) {
            throw mismatch(name.filename() + " has " + file.size() + " bytes, and " + size + " were announced.");
        }
    }

    private StoredWheel publish(IncomingWheel file, String sha256, WheelName name) throws IOException {
        StoredWheel wheel;
        publishing.lock();
        try {
            Optional<StoredWheel> ofAnother = catalog.open(sha256);
            wheel = ofAnother.isPresent() ? ofAnother.get() : catalog.addOpen(files.publish(file, sha256, name, false));
        } finally {
            publishing.unlock();
        }
        makeRoom();
        return wheel;
    }

    /** The wheel that has just come is here in any case; where others cannot go now, they go next time. */
    private void makeRoom() {
        long limit = config.diskLimit().asLongValue();
        if (catalog.bytes(false) <= limit) {
            return;
        }
        try {
            catalog.evict(limit, protection.protectedHashes());
        } catch (IOException | RuntimeException failure) {
            LOG.warn("Wheels take more disk space than they may, and could not be removed", failure);
        }
    }

    private static WheelRefusedException mismatch(String message) {
        return new WheelRefusedException(WheelRefusedException.Reason.HASH_MISMATCH, message);
    }
}
