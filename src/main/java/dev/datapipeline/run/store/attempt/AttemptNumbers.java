package dev.datapipeline.run.store.attempt;

/** Of one run: the number of the attempt that made the result of a record. */
public interface AttemptNumbers {
    /** Stands for attempts from before they were kept. */
    int UNKNOWN = 0;

    /** Of a run that was never retried. */
    AttemptNumbers ONLY_ONE = new AttemptNumbers() {
        @Override
        public int of(long index) {
            return 1;
        }

        @Override
        public int ofBroken(long index) {
            return 1;
        }
    };

    /** Of a record that has a result; {@link #UNKNOWN} if it is from before attempts were kept. */
    int of(long index);

    /** Of a record whose whole batch has failed. */
    int ofBroken(long index);
}
