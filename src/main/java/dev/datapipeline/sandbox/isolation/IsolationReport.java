package dev.datapipeline.sandbox.isolation;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * @param capabilities the effective ones, as hexadecimal digits
 * @param routes network interfaces, but for loopback, that lead somewhere
 * @param memoryBytes limit, null where there is none
 * @param processes limit, null where there is none
 */
public record IsolationReport(
        int user,
        String capabilities,
        boolean noNewPrivileges,
        boolean filtersSystemCalls,
        List<String> routes,
        boolean writableRoot,
        @Nullable Long memoryBytes,
        @Nullable Long processes) {
    public IsolationReport {
        Objects.requireNonNull(capabilities);
        routes = List.copyOf(routes);
    }

    /** @param ownUser the user that was asked for, as {@code memoryLimit} bytes and {@code processLimit} processes were */
    public Set<IsolationRisk> risks(int ownUser, long memoryLimit, long processLimit) {
        Set<IsolationRisk> risks = EnumSet.noneOf(IsolationRisk.class);
        addIf(user == 0, IsolationRisk.ROOT_USER, risks);
        addIf(user != 0 && user != ownUser, IsolationRisk.SHARED_USER, risks);
        addIf(!capabilities.matches("0+"), IsolationRisk.CAPABILITIES, risks);
        addIf(!noNewPrivileges, IsolationRisk.NEW_PRIVILEGES, risks);
        addIf(!filtersSystemCalls, IsolationRisk.SYSTEM_CALLS, risks);
        addIf(!routes.isEmpty(), IsolationRisk.NETWORK, risks);
        addIf(writableRoot, IsolationRisk.WRITABLE_ROOT, risks);
        addIf(memoryBytes == null || memoryBytes > memoryLimit, IsolationRisk.MEMORY, risks);
        addIf(processes == null || processes > processLimit, IsolationRisk.PROCESSES, risks);
        return risks;
    }

    private static void addIf(boolean isSo, IsolationRisk risk, Set<IsolationRisk> risks) {
        if (isSo) {
            risks.add(risk);
        }
    }
}
