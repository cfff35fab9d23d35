package dev.datapipeline.environment.build.folder;

import dev.datapipeline.digest.Sha256;
import dev.datapipeline.environment.index.IndexFindings;
import dev.datapipeline.environment.index.IndexSession;
import dev.datapipeline.environment.index.PackageIndexes;
import dev.datapipeline.environment.index.project.PythonTarget;
import dev.datapipeline.environment.index.project.ServedWheel;
import dev.datapipeline.environment.index.refusal.PackageRefusal;
import dev.datapipeline.environment.install.WheelFile;
import dev.datapipeline.environment.requirement.DeclaredPackages;
import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.environment.wheel.WheelName;
import dev.datapipeline.environment.wheel.WheelRefusedException;
import dev.datapipeline.environment.wheel.file.StoredWheel;
import dev.datapipeline.environment.wheel.store.WantedWheel;
import dev.datapipeline.environment.wheel.store.WheelStore;
import dev.datapipeline.outbound.OutboundAnswer;
import dev.datapipeline.outbound.OutboundCall;
import dev.datapipeline.outbound.OutboundService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An index and a store of wheels, both in memory of the test. */
final class WheelIndex implements PackageIndexes, IndexFindings, WheelStore {
    private static final String NAME = "test";

    private final Map<String, byte[]> wheels = new ConcurrentHashMap<>();
    private final Path folder;
    final AtomicInteger fetched = new AtomicInteger();
    volatile @Nullable PythonTarget target;
    volatile @Nullable IndexUnreachableException away;

    WheelIndex(Path folder) {
        this.folder = folder;
    }

    WheelIndex with(WheelFile wheel) {
        return with(wheel.filename(), wheel.bytes());
    }

    WheelIndex with(String filename, byte[] wheel) {
        wheels.put(filename, wheel);
        return this;
    }

    @Override
    public IndexSession open(DeclaredPackages declared, PythonTarget python) {
        target = python;
        WheelIndex index = this;
        return new IndexSession() {
            @Override
            public OutboundService service() {
                return new Pages();
            }

            @Override
            public IndexFindings findings() {
                return index;
            }

            @Override
            public Optional<PackageRefusal> refusal() {
                return Optional.empty();
            }

            @Override
            public void close() {
                // Nothing is under way.
            }
        };
    }

    private final class Pages implements OutboundService {
        @Override
        public void serve(OutboundCall call) {
            String path = call.request().target();
            if (away != null) {
                call.answer(refusal(503, "away", "The index is away."));
            } else if (path.startsWith("/simple/")) {
                call.answer(page(path.substring("/simple/".length()).replace("/", "")));
            } else {
                byte[] wheel = wheels.get(path.substring("/files/".length()));
                call.answer(wheel == null ? refusal(404, "absent", "no such file") : answer("application/zip", wheel));
            }
        }

        private OutboundAnswer page(String project) {
            String links = wheels.keySet().stream()
                    .filter(name -> name.substring(0, name.indexOf('-'))
                            .replace('_', '-')
                            .equals(project))
                    .map(this::link)
                    .collect(Collectors.joining());
            return links.isEmpty()
                    ? refusal(404, "absent", "no such project")
                    : answer("text/html", ("<!DOCTYPE html><html><body>" + links).getBytes(StandardCharsets.UTF_8));
        }

        private String link(String filename) {
            return "<a href=\"/files/" + filename + "#sha256=" + Sha256.hex(bytes(filename)) + "\">" + filename
                    + "</a>\n";
        }

        private static OutboundAnswer answer(String type, byte[] body) {
            return new OutboundAnswer(200, Map.of("Content-Type", type), body);
        }

        @Override
        public void attempt(long firstRecord, long records) {
            throw new AssertionError("a builder has no records");
        }

        @Override
        public OutboundAnswer refusal(int status, String code, String message) {
            return new OutboundAnswer(
                    status, Map.of("Content-Type", "text/plain"), message.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public Optional<IndexUnreachableException> unreachable() {
        return Optional.ofNullable(away);
    }

    @Override
    public Optional<WheelRefusedException> refusedWheel() {
        return Optional.empty();
    }

    @Override
    public Optional<PackageRefusal> refusal(Optional<String> requirement) {
        return requirement
                .filter(text -> text.startsWith("absent"))
                .map(text -> new PackageRefusal(
                        PackageRefusal.Code.PACKAGE_NOT_FOUND, text + " is known to no package index."));
    }

    @Override
    public Optional<ServedWheel> wheel(String filename) {
        return Optional.ofNullable(wheels.get(filename))
                .map(bytes -> new ServedWheel(filename, NAME, Sha256.hex(bytes), true, bytes.length, null, null));
    }

    @Override
    public StoredWheel require(WantedWheel wanted) throws IndexUnreachableException, IOException {
        IndexUnreachableException reason = away;
        if (reason != null) {
            throw reason;
        }
        fetched.incrementAndGet();
        byte[] bytes = bytes(wanted.filename());
        Path file = Files.write(folder.resolve(wanted.sha256()), bytes);
        return new StoredWheel() {
            @Override
            public Path path() {
                return file;
            }

            @Override
            public String sha256() {
                return wanted.sha256();
            }

            @Override
            public WheelName name() {
                throw new AssertionError("nobody asks");
            }

            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public void close() {
                // The folder is the test's.
            }
        };
    }

    private byte[] bytes(String filename) {
        return Objects.requireNonNull(wheels.get(filename));
    }

    @Override
    public boolean has(String sha256) {
        return false;
    }

    @Override
    public long size() {
        return 0;
    }

    @Override
    public long limit() {
        return Long.MAX_VALUE;
    }
}
