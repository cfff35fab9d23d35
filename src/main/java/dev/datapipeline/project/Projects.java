package dev.datapipeline.project;

import dev.datapipeline.database.DatabaseException;
import dev.datapipeline.database.Transaction;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.identity.Caller;
import dev.datapipeline.identity.Membership;
import dev.datapipeline.identity.Role;
import dev.datapipeline.identity.credential.KnownCallers;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** Administration of projects and their members. */
@Singleton
public class Projects {
    private final Transactions transactions;
    private final ProjectTable table;
    private final KnownCallers callers;

    Projects(Transactions transactions, ProjectTable table, KnownCallers callers) {
        this.transactions = transactions;
        this.table = table;
        this.callers = callers;
    }

    /** @param administrator who becomes the first administrator of the project */
    public Project create(String name, Caller administrator) {
        UUID id = UUID.randomUUID();
        change(transaction -> {
            table.insert(transaction, id, name);
            table.put(transaction, id, administrator.account(), Role.ADMIN);
            return id;
        });
        return find(id);
    }

    public Project find(ProjectRef project) {
        return find(project.id());
    }

    private Project find(UUID id) {
        return table.find(id.toString()).orElseThrow(() -> ProblemException.notFound("project"));
    }

    public Project update(ProjectRef project, String name, Quotas quotas) {
        if (project.id().equals(Membership.DEFAULT_PROJECT) && !name.equals(Membership.DEFAULT_NAME)) {
            throw new ProblemException(
                    ProblemType.CONFLICT, "The project default keeps its name. Make a project with the other name.");
        }
        change(transaction -> table.update(transaction, project.id(), name, quotas));
        return find(project);
    }

    /** Only an empty project can be deleted. */
    public void delete(ProjectRef project) {
        if (project.id().equals(Membership.DEFAULT_PROJECT)) {
            throw new ProblemException(ProblemType.CONFLICT, "The project default cannot be deleted.");
        }
        try {
            change(transaction -> table.delete(transaction, project.id()));
        } catch (DatabaseException failed) {
            if (failed.isStillUsed()) {
                throw new ProblemException(
                        ProblemType.CONFLICT,
                        "The project is not empty. Delete its runs, datasets, pipelines and environments first.");
            }
            throw failed;
        }
    }

    public List<Member> members(ProjectRef project) {
        return table.members(project.id());
    }

    /**
     * Adds a member, or gives a member another role.
     *
     * @param account name or id
     */
    public Member put(ProjectRef project, String account, Role role) {
        UUID id = change(transaction -> {
            UUID found = account(transaction, account);
            if (role != Role.ADMIN) {
                requireOtherAdministrator(transaction, project, found);
            }
            table.put(transaction, project.id(), found, role);
            return found;
        });
        return members(project).stream()
                .filter(member -> member.id().equals(id))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("member"));
    }

    /** @param account name or id */
    public void remove(ProjectRef project, String account) {
        change(transaction -> {
            UUID id = account(transaction, account);
            requireOtherAdministrator(transaction, project, id);
            if (!table.remove(transaction, project.id(), id)) {
                throw ProblemException.notFound("member");
            }
            return id;
        });
    }

    private UUID account(Transaction transaction, String account) {
        return table.account(transaction, account).orElseThrow(() -> ProblemException.notFound("user"));
    }

    private void requireOtherAdministrator(Transaction transaction, ProjectRef project, UUID account) {
        if (table.isLastAdministrator(transaction, project.id(), account)) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "Without this member the project would have no administrator. Make another one first.");
        }
    }

    /** What a member may do is looked up again by the next request. */
    private <T> T change(Transactions.Work<T> work) {
        try {
            return transactions.run(work);
        } catch (DatabaseException failed) {
            if (failed.isDuplicate()) {
                throw new ProblemException(
                        ProblemType.CONFLICT, "There is a project of this name. Choose another one.");
            }
            throw failed;
        } finally {
            callers.forgetAll();
        }
    }
}
