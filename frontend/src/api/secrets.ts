import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { client, dataOf, textOf } from './http/client';

const secretsKey = ['secrets'] as const;

export function secretsQuery() {
  return queryOptions({
    queryKey: secretsKey,
    queryFn: ({ signal }) => dataOf(client.GET('/api/v1/secrets', { signal })),
  });
}

/** @param readValue reads the value when it is sent, so that no state of the page holds it */
export function usePutSecret(readValue: () => string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (name: string) =>
      textOf(
        client.PUT('/api/v1/secrets/{name}', { params: { path: { name } }, body: { value: readValue() } }),
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: secretsKey }),
  });
}

export function useDeleteSecret() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (name: string) =>
      textOf(client.DELETE('/api/v1/secrets/{name}', { params: { path: { name } } })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: secretsKey }),
  });
}
