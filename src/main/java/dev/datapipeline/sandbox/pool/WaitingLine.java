package dev.datapipeline.sandbox.pool;

import java.util.ArrayDeque;
import java.util.Deque;

/** Callers who wait for a sandbox, first come, first served. Not thread-safe: {@link WarmSandboxPool} guards it. */
final class WaitingLine {
    static final class Place {
        private Place() {}
    }

    private final Deque<Place> places = new ArrayDeque<>();

    Place join() {
        Place place = new Place();
        places.addLast(place);
        return place;
    }

    void leave(Place place) {
        places.remove(place);
    }

    boolean isFirst(Place place) {
        return places.peekFirst() == place;
    }

    int size() {
        return places.size();
    }
}
