package dev.datapipeline.environment.wheel.store;

import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.environment.wheel.WheelName;
import dev.datapipeline.environment.wheel.WheelRefusedException;
import dev.datapipeline.environment.wheel.file.IncomingWheel;
import java.io.IOException;

/** Where wheels come from that are not in the store. Thread-safe; blocks. */
public interface WheelSource {
    /**
     * Finds a wheel that a lock names.
     *
     * @throws WheelRefusedException WHEEL_GONE when the index does not have it any more
     */
    Download find(WantedWheel wanted, WheelName name)
            throws IndexUnreachableException, WheelRefusedException, IOException, InterruptedException;

    /** One wheel that can be fetched. */
    interface Download {
        /** Fetches it once. */
        void into(IncomingWheel file)
                throws IndexUnreachableException, WheelRefusedException, IOException, InterruptedException;
    }
}
