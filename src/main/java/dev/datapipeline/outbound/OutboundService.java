package dev.datapipeline.outbound;

/** What is behind the socket of a sandbox. */
public interface OutboundService {
    /** Begins to serve a call. On the event loop of its connection: must not block, and may answer later. */
    void serve(OutboundCall call);

    /**
     * The sandbox begins to work on records, or has ended to: they have called nobody then. May block shortly.
     *
     * @param firstRecord index in the dataset
     */
    void attempt(long firstRecord, long records);

    /**
     * An error of the transport in the shape that clients of this service understand.
     *
     * @param code a word for programs
     * @param message what happened and what to do
     */
    OutboundAnswer refusal(int status, String code, String message);
}
