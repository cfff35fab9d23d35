package dev.datapipeline.identity.credential;

import dev.datapipeline.database.Row;
import dev.datapipeline.database.Sql;
import dev.datapipeline.database.Transaction;
import dev.datapipeline.identity.Membership;
import dev.datapipeline.identity.Role;
import java.util.List;
import java.util.UUID;

/** Reads of which projects an account is a member. */
public final class MembershipTable {
    private static final Sql OF_ACCOUNT = Sql.of("""
            select m.project_id, p.name, m.role from project_member m join project p on p.id = m.project_id
             where m.account_id = :account order by p.name""");

    private static final Sql OF_KEY = Sql.of("""
            select m.project_id, p.name, m.role
              from api_key k
              join project_member m on m.account_id = k.account_id and m.project_id = k.project_id
              join project p on p.id = m.project_id
             where k.id = :key""");

    private MembershipTable() {}

    public static List<Membership> ofAccount(Transaction transaction, UUID account) {
        return transaction.query(OF_ACCOUNT).set("account", account).list(MembershipTable::membership);
    }

    /** The project of a key with the role that both the key and its owner have there; empty when its owner is no member any more. */
    static List<Membership> ofKey(Transaction transaction, String key, Role role) {
        return transaction.query(OF_KEY).set("key", key).list(row -> {
            Membership owner = membership(row);
            return new Membership(owner.project(), owner.name(), owner.role().and(role));
        });
    }

    private static Membership membership(Row row) {
        return new Membership(row.id("project_id"), row.text("name"), row.constant(Role.class, "role"));
    }
}
