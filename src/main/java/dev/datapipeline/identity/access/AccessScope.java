package dev.datapipeline.identity.access;

import java.util.Arrays;
import java.util.Optional;

/** Of what a caller needs a role for an operation. */
enum AccessScope {
    /** Of nothing: nobody has to sign in. */
    OPEN("-"),
    /** Of the service. */
    SERVICE("service"),
    /** Of the project in which the request works. */
    PROJECT("project"),
    /** Of the project of the thing that the path names; found out by whoever turns its id into a reference. */
    THING("thing"),
    /** Of the project that the path names; administrators of the service may do it in every project. */
    SETTINGS("settings");

    private final String word;

    AccessScope(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    static Optional<AccessScope> of(String word) {
        return Arrays.stream(values()).filter(scope -> scope.word.equals(word)).findFirst();
    }

    /** Whether a request may name the project in which it works. */
    boolean takesProject() {
        return this == PROJECT || this == THING;
    }
}
