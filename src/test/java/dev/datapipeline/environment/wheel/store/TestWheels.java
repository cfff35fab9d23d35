package dev.datapipeline.environment.wheel.store;

import dev.datapipeline.environment.wheel.SampleWheel;
import dev.datapipeline.environment.wheel.WheelRefusedException;
import dev.datapipeline.environment.wheel.file.IncomingWheel;
import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Stores of tests. */
public final class TestWheels {
    private TestWheels() {}

    /** A store of 100 MB that has no source of its own. */
    public static FileWheelStore store(Path folder) {
        WheelSource none = (wanted, name) -> {
            throw new WheelRefusedException(WheelRefusedException.Reason.WHEEL_GONE, "There is no source.");
        };
        return store(folder, none);
    }

    public static FileWheelStore store(Path folder, WheelSource source) {
        return new FileWheelStore(folder, limits(), source, Set::of, Clock.systemUTC());
    }

    /** Keeps a wheel as if somebody had uploaded it. */
    public static void keep(FileWheelStore store, SampleWheel wheel) throws Exception {
        try (IncomingWheel file = store.receive(wheel.filename())) {
            file.write(wheel.bytes(), 0, wheel.bytes().length);
            store.keep(List.of(new CheckedWheel(file, file.finish(), wheel.name())));
        }
    }

    static WheelConfig limits() {
        return new WheelConfig() {
            @Override
            public MemorySize diskLimit() {
                return new MemorySize(BigInteger.valueOf(100_000_000));
            }

            @Override
            public MemorySize uploadLimit() {
                return diskLimit();
            }

            @Override
            public MemorySize largest() {
                return diskLimit();
            }
        };
    }
}
