package dev.datapipeline.identity;

/** What a person may do; each role may do what those before it may. */
public enum Role {
    /** Reads everything. */
    VIEWER,
    /** Uploads, submits, retries, cancels and deletes as well. */
    EDITOR,
    /** Manages users and upstreams as well. */
    ADMIN;

    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    /** What both roles allow. */
    public Role and(Role other) {
        return includes(other) ? other : this;
    }
}
