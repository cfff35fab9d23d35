package dev.datapipeline.identity;

import java.util.UUID;

/** What somebody may do in one project. */
public record Membership(UUID project, String name, Role role) {
    /** The project of all that there was before there were projects, and of the only user in single-user mode. */
    public static final UUID DEFAULT_PROJECT = new UUID(0, 1);

    /** Its name. */
    public static final String DEFAULT_NAME = "default";

    /** What the only user may do in single-user mode. */
    public static final Membership OF_SINGLE_USER = new Membership(DEFAULT_PROJECT, DEFAULT_NAME, Role.ADMIN);
}
