import { Anchor, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { auditQuery, useVerifyAudit } from '@/api/audit';
import { EmptyState } from '@/components/feedback/empty-state';
import { ProblemAlert } from '@/components/feedback/problem-alert';
import { QuerySection } from '@/components/feedback/query-section';
import { PageButtons } from '@/components/list/page-buttons';
import { PageHeading } from '@/components/page-heading';
import { changedSearch } from '@/lib/list-search';
import { paths } from '@/lib/paths';
import { auditFilterOf, isFiltered } from './audit-filter';
import { AuditFilterBar } from './audit-filter-bar';
import { AuditTable } from './audit-table';
import { Verification } from './verification';

/** The audit log, for administrators. */
export function AuditPage() {
  const [search, setSearch] = useSearchParams();
  const query = useQuery(auditQuery(auditFilterOf(search)));
  const verify = useVerifyAudit();
  const change = (changes: Record<string, string | undefined>, { replace = true } = {}) =>
    setSearch((now) => changedSearch(now, changes), { replace });
  return (
    <>
      <PageHeading title="Audit">
        <Button variant="default" loading={verify.isPending} onClick={() => verify.mutate()}>
          Verify
        </Button>
      </PageHeading>
      <div role="status">{verify.data !== undefined && <Verification result={verify.data} />}</div>
      {verify.error !== null && <ProblemAlert error={verify.error} />}
      <AuditFilterBar search={search} onChange={change} onClear={() => setSearch({}, { replace: true })} />
      <QuerySection name="The audit log" query={query}>
        {({ items, nextCursor }) => (
          <>
            {items.length === 0 ? (
              <NoEntries filtered={isFiltered(search)} />
            ) : (
              <AuditTable entries={items} />
            )}
            <PageButtons
              isFirst={!search.has('cursor')}
              nextCursor={nextCursor}
              onGo={(page) => change(page, { replace: false })}
            />
          </>
        )}
      </QuerySection>
    </>
  );
}

function NoEntries({ filtered }: { filtered: boolean }) {
  return filtered ? (
    <EmptyState title="No entries match this search">
      <Anchor component={Link} to={paths.audit} size="sm">
        Show all entries
      </Anchor>
    </EmptyState>
  ) : (
    <EmptyState title="No entries yet">Every change, and every attempt that is denied, gets one.</EmptyState>
  );
}
