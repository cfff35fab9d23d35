package dev.datapipeline.environment.wheel.store;

import dev.datapipeline.environment.wheel.WheelArchive;
import dev.datapipeline.environment.wheel.WheelName;
import dev.datapipeline.environment.wheel.WheelRefusedException;
import dev.datapipeline.environment.wheel.WheelRefusedException.Reason;
import dev.datapipeline.environment.wheel.ZipBounds;
import dev.datapipeline.environment.wheel.file.IncomingWheel;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Takes wheels that users upload: one, or a zip file of several. All of an upload is taken, or nothing. */
@Singleton
public final class WheelUploads {
    private static final int PIECE = 64 * 1024;
    private static final int MOST = 500;
    private static final String WHEEL = ".whl";

    private final FileWheelStore store;
    private final Object unpacking = new Object();

    public WheelUploads(FileWheelStore store) {
        this.store = store;
    }

    /** There is no room for the upload. */
    public static final class NoRoomException extends Exception {
        private static final long serialVersionUID = 1;

        NoRoomException(long room) {
            super("There is room for " + Math.max(0, room) + " more bytes of uploaded wheels"
                    + " (datapipeline.environment.wheels.upload-limit). Delete some first.");
        }

        /** For people. */
        public String text() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * Reads an upload to its end.
     *
     * @param filename of the file; only that of a wheel counts
     * @return the wheels of it
     */
    public List<UploadedWheel> take(InputStream body, Optional<String> filename)
            throws IOException, WheelRefusedException, NoRoomException {
        String what = filename.orElse("The upload");
        try (IncomingWheel file = receive(what)) {
            copy(body, file);
            String sha256 = file.finish();
            Optional<WheelName> wheel = filename.flatMap(WheelName::of);
            if (wheel.isPresent()) {
                WheelArchive.metadata(file.file(), wheel.get());
                return store.keep(List.of(new CheckedWheel(file, sha256, wheel.get())));
            }
            if (what.endsWith(WHEEL)) {
                throw refused("\"" + what + "\" is not the file name of a wheel (PEP 427); do not rename wheels.");
            }
            // One at a time: the room of the archive is given to what is in it, while it still takes that of the disk.
            synchronized (unpacking) {
                file.giveRoomBack();
                return takeAll(file.file());
            }
        }
    }

    private List<UploadedWheel> takeAll(Path archive) throws IOException, WheelRefusedException, NoRoomException {
        ZipBounds.check(archive, "The upload");
        List<CheckedWheel> checked = new ArrayList<>();
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (ZipEntry entry : wheelsOf(zip)) {
                checked.add(unpack(zip, entry));
            }
            return store.keep(checked);
        } catch (ZipException broken) {
            throw refused("The upload is not a valid zip file: " + broken.getMessage() + ".");
        } finally {
            for (CheckedWheel wheel : checked) {
                wheel.file().close();
            }
        }
    }

    private static List<? extends ZipEntry> wheelsOf(ZipFile zip) throws WheelRefusedException {
        List<? extends ZipEntry> wheels = zip.stream()
                .filter(entry -> entry.getName().endsWith(WHEEL))
                .limit(MOST + 1L)
                .toList();
        if (wheels.isEmpty()) {
            throw refused("There is no wheel in the upload. A single wheel needs its file name (?filename=NAME.whl);"
                    + " several come in a zip file.");
        }
        if (wheels.size() > MOST) {
            throw refused("There are more than " + MOST + " wheels in the upload.");
        }
        return wheels;
    }

    private CheckedWheel unpack(ZipFile zip, ZipEntry entry)
            throws IOException, WheelRefusedException, NoRoomException {
        String path = entry.getName();
        String filename = path.substring(path.lastIndexOf('/') + 1);
        WheelName name = WheelName.of(filename)
                .orElseThrow(() -> refused("\"" + filename + "\" is not the file name of a wheel (PEP 427)."));
        IncomingWheel file = store.receive(filename);
        try (InputStream bytes = zip.getInputStream(entry)) {
            copy(bytes, file);
            String sha256 = file.finish();
            WheelArchive.metadata(file.file(), name);
            return new CheckedWheel(file, sha256, name);
        } catch (IOException | WheelRefusedException failure) {
            file.close();
            throw failure;
        }
    }

    private IncomingWheel receive(String what) throws IOException, NoRoomException {
        long room = store.uploadRoom();
        if (room <= 0) {
            throw new NoRoomException(room);
        }
        return store.receive(what);
    }

    private static void copy(InputStream source, IncomingWheel target) throws IOException, WheelRefusedException {
        byte[] piece = new byte[PIECE];
        for (int count = source.read(piece); count >= 0; count = source.read(piece)) {
            target.write(piece, 0, count);
        }
    }

    private static WheelRefusedException refused(String message) {
        return new WheelRefusedException(Reason.WHEEL_REFUSED, message);
    }
}
