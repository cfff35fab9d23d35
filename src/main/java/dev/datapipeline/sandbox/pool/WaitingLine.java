package dev.datapipeline.sandbox.pool;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Stream;

/**
 * Callers who wait for a sandbox, first come, first served among those who wait for the same image. Not thread-safe: {@link WarmSandboxPool}
 * guards it.
 */
final class WaitingLine {
    static final class Place {
        private final String image;

        private Place(String image) {
            this.image = image;
        }

        String image() {
            return image;
        }
    }

    private final Deque<Place> places = new ArrayDeque<>();

    Place join(String image) {
        Place place = new Place(image);
        places.addLast(place);
        return place;
    }

    void leave(Place place) {
        places.remove(place);
    }

    boolean isFirst(Place place) {
        return waitingFor(place.image)
                .findFirst()
                .filter(first -> first == place)
                .isPresent();
    }

    int size() {
        return places.size();
    }

    int size(String image) {
        return (int) waitingFor(image).count();
    }

    /** What callers wait for, each image once, the one of the caller who came first in front. */
    Stream<String> images() {
        return places.stream().map(Place::image).distinct();
    }

    private Stream<Place> waitingFor(String image) {
        return places.stream().filter(place -> place.image.equals(image));
    }
}
