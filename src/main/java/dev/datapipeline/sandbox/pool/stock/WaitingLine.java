package dev.datapipeline.sandbox.pool.stock;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Stream;

/**
 * Callers who wait for a sandbox, first come, first served among those who wait for the same image. Not thread-safe: {@code WarmSandboxPool}
 * guards it.
 */
public final class WaitingLine {
    public static final class Place {
        private final String image;

        private Place(String image) {
            this.image = image;
        }

        String image() {
            return image;
        }
    }

    private final Deque<Place> places = new ArrayDeque<>();

    public Place join(String image) {
        Place place = new Place(image);
        places.addLast(place);
        return place;
    }

    public void leave(Place place) {
        places.remove(place);
    }

    public boolean isFirst(Place place) {
        return waitingFor(place.image)
                .findFirst()
                .filter(first -> first == place)
                .isPresent();
    }

    public int size() {
        return places.size();
    }

    public int size(String image) {
        return (int) waitingFor(image).count();
    }

    /** What callers wait for, each image once, the one of the caller who came first in front. */
    public Stream<String> images() {
        return places.stream().map(Place::image).distinct();
    }

    private Stream<Place> waitingFor(String image) {
        return places.stream().filter(place -> place.image.equals(image));
    }
}
