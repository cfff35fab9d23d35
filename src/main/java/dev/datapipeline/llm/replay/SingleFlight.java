package dev.datapipeline.llm.replay;

import dev.datapipeline.llm.call.StoredAnswer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/** Lets one of several equal requests go up while the others wait for its answer. Thread-safe; waiting ones are told without the lock. */
public final class SingleFlight {
    private final Map<String, Queue<Follower>> flights = new HashMap<>();

    /** One that waits for the answer of another. */
    public interface Follower {
        void answered(StoredAnswer answer);

        /** The one that went up has no answer to share: it is this one's turn, and the others wait for it. */
        void goesFirst();
    }

    /** Returns true when the caller goes up itself; else it is told later. Whoever goes up calls {@link #landed}, once. */
    public synchronized boolean join(String key, Follower follower) {
        Queue<Follower> followers = flights.get(key);
        if (followers == null) {
            flights.put(key, new ArrayDeque<>());
            return true;
        }
        followers.add(follower);
        return false;
    }

    /** The one that went up is back. */
    public void landed(String key, Optional<StoredAnswer> answer) {
        List<Runnable> news = new ArrayList<>();
        synchronized (this) {
            Queue<Follower> followers = flights.get(key);
            if (followers == null) {
                return;
            }
            if (answer.isPresent() || followers.isEmpty()) {
                flights.remove(key);
                answer.ifPresent(found -> followers.forEach(follower -> news.add(() -> follower.answered(found))));
            } else {
                Follower next = followers.remove();
                news.add(next::goesFirst);
            }
        }
        news.forEach(Runnable::run);
    }

    /** One that waits has given up. */
    public synchronized void leave(String key, Follower follower) {
        Queue<Follower> followers = flights.get(key);
        if (followers != null) {
            followers.remove(follower);
        }
    }
}
