package dev.datapipeline.identity.api;

import dev.datapipeline.identity.account.UserMode;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Answers what needs users in single-user mode. */
public class SingleUserFilter {
    private final UserMode users;

    SingleUserFilter(UserMode users) {
        this.users = users;
    }

    @ServerRequestFilter
    @NeedsUsers
    public void check() {
        if (users.isSingleUser()) {
            throw new ProblemException(
                    ProblemType.SINGLE_USER,
                    "The service does not ask who somebody is, so it has no users. Start it with DATAPIPELINE_AUTH=required to have some.");
        }
    }
}
