import { keepPreviousData, queryOptions, useMutation } from '@tanstack/react-query';
import { client, dataOf } from './http/client';
import type { paths as ApiPaths } from './schema';

export type AuditFilter = NonNullable<ApiPaths['/api/v1/audit']['get']['parameters']['query']>;

export function auditQuery(filter: AuditFilter) {
  return queryOptions({
    queryKey: ['audit', filter],
    queryFn: ({ signal }) => dataOf(client.GET('/api/v1/audit', { params: { query: filter }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** Reads the whole log, so it is done only when somebody asks for it. */
export function useVerifyAudit() {
  return useMutation({ mutationFn: () => dataOf(client.GET('/api/v1/audit/verify')) });
}
