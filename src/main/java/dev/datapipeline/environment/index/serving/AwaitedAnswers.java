package dev.datapipeline.environment.index.serving;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What pip has asked for and has not got. Where something is left when pip has failed, pip may have failed because it did not wait long enough.
 * Thread-safe.
 */
public final class AwaitedAnswers {
    /** pip waits for one answer at a time; only a builder that is none of ours asks for so much. */
    private static final int MOST = 1000;

    private final Set<String> awaited = new LinkedHashSet<>();

    /** One question, for one thread. */
    public final class Question {
        private final String what;
        private boolean isGivenUp;

        private Question(String what) {
            this.what = what;
        }

        /** Whoever asked is gone; an answer reaches nobody. */
        void giveUp() {
            isGivenUp = true;
        }

        void answered() {
            if (!isGivenUp) {
                remove(what);
            }
        }
    }

    /** @param what is asked for, for messages */
    public synchronized Question ask(String what) {
        if (awaited.size() < MOST) {
            awaited.add(what);
        }
        return new Question(what);
    }

    private synchronized void remove(String what) {
        awaited.remove(what);
    }

    /** What was asked for first of all that was not answered. */
    public synchronized Optional<String> first() {
        return awaited.stream().findFirst();
    }
}
