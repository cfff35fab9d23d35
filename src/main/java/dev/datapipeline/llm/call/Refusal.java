package dev.datapipeline.llm.call;

/** Why the ledger lets a call not go up. The gateway has the HTTP status and the error code of each. */
public enum Refusal {
    /** The budget does not pay for it and no open call can give anything back; 402. */
    BUDGET_EXHAUSTED,
    /** A budget is set and the model has no price; 400. */
    PRICE_UNKNOWN,
    /** A budget is set and the cost of the request has no bound; 400. */
    COST_UNBOUNDED,
    /** The turn of the call would come after its client has given up; 429. */
    RATE_LIMITED,
    /** The run is paused, cancelled or over; 403. */
    RUN_NOT_ACTIVE,
    /** The books cannot be written right now; 503. */
    LEDGER_UNAVAILABLE,
    /** The service stops; 503. */
    SHUTTING_DOWN
}
