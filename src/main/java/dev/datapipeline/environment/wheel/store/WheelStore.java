package dev.datapipeline.environment.wheel.store;

import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.environment.wheel.WheelRefusedException;
import dev.datapipeline.environment.wheel.file.StoredWheel;
import java.io.IOException;

/** Wheels on this machine, by the SHA-256 of their bytes. Thread-safe; its methods block, so they are not for event loops. */
public interface WheelStore {
    /**
     * A wheel that a lock names; fetched from its index when it is not here. Those who ask for one wheel at the same time wait for one
     * download. Its bytes have been checked when this returns.
     *
     * @throws IndexUnreachableException when the index does not answer; it may later
     * @throws WheelRefusedException when what came is not that wheel, or the index has it no more
     * @throws IOException when this machine cannot store or read it
     */
    StoredWheel require(WantedWheel wanted)
            throws IndexUnreachableException, WheelRefusedException, IOException, InterruptedException;

    /** Whether it is here, so that nobody is asked for it. */
    boolean has(String sha256);

    /** Bytes of all wheels. */
    long size();

    /** Bytes that fetched and uploaded wheels may take together. */
    long limit();
}
