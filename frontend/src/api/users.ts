import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ProblemError } from '@/lib/problems/problem';
import { client, dataOf, textOf } from './http/client';
import { keepChoiceAmong } from './http/project';
import type { Me, Role } from './types';

export const userKeys = {
  me: ['me'] as const,
  sessions: ['me', 'sessions'] as const,
  apiKeys: ['me', 'api-keys'] as const,
  all: ['users'] as const,
};

/** That nobody is signed in, or can be, since the first administrator is still to be made. */
export type Nobody = { isNobody: true; hasUsers: boolean };

/**
 * Who uses the page. That nobody is signed in is an answer and no error, since errors are gone while a query is asked
 * again: the page would change back and forth.
 */
export function meQuery() {
  return queryOptions({
    queryKey: userKeys.me,
    queryFn: ({ signal }) => dataOf(client.GET('/api/v1/me', { signal })).catch(asNobody),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

function asNobody(failure: unknown): Nobody {
  if (isNotSignedIn(failure)) {
    return { isNobody: true, hasUsers: !hasCode(failure, 'NO_USERS_YET') };
  }
  throw failure;
}

export function isNobody(me: Me | Nobody | undefined): me is Nobody {
  return me !== undefined && 'isNobody' in me;
}

/** Who is signed in; undefined where nobody is, and until it is known. */
export function useMe(): Me | undefined {
  const { data } = useQuery(meQuery());
  return isNobody(data) ? undefined : data;
}

/** Whether the service answers nobody who has not signed in, and the page has no valid session. */
export function isNotSignedIn(error: unknown): boolean {
  return hasCode(error, 'NOT_SIGNED_IN') || hasCode(error, 'NO_USERS_YET');
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof ProblemError && error.problem.code === code;
}

/** Signs in in one of the ways there are, and shows what could not be shown before. */
export function useSignIn<Input>(signIn: (input: Input) => Promise<Me>, onSignedIn?: () => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: signIn,
    onSuccess: async (me) => {
      // Nothing that somebody else was shown stays.
      queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== userKeys.me[0] });
      keepChoiceAmong(me.projects);
      queryClient.setQueryData(meQuery().queryKey, me);
      onSignedIn?.();
    },
  });
}

export function signInWithPassword(body: { username: string; password: string }): Promise<Me> {
  return dataOf(client.POST('/api/v1/session', { body }));
}

export function createFirstAdministrator(body: {
  secret: string;
  username: string;
  password: string;
}): Promise<Me> {
  return dataOf(client.POST('/api/v1/first-administrator', { body }));
}

export function choosePassword(body: { secret: string; password: string }): Promise<Me> {
  return dataOf(client.POST('/api/v1/password-link', { body }));
}

const keptAfterSignOut = 'mantine-color-scheme-value';

/** Ends this session, or all of them, and leaves nothing of the person in the browser: neither drafts nor answers. */
export async function signOut(where: 'here' | 'everywhere') {
  try {
    await textOf(where === 'here' ? client.DELETE('/api/v1/session') : client.DELETE('/api/v1/me/sessions'));
  } catch (failure) {
    if (!isNotSignedIn(failure)) {
      throw failure;
    }
  }
  for (const key of Object.keys(localStorage)) {
    if (key !== keptAfterSignOut) {
      localStorage.removeItem(key);
    }
  }
  sessionStorage.clear();
  window.location.assign('/');
}

export function useChangePassword() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: { currentPassword: string; newPassword: string }) =>
      textOf(client.PUT('/api/v1/me/password', { body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: userKeys.sessions }),
  });
}

export function sessionsQuery() {
  return queryOptions({
    queryKey: userKeys.sessions,
    queryFn: ({ signal }) => dataOf(client.GET('/api/v1/me/sessions', { signal })),
  });
}

export function useEndSession() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      textOf(client.DELETE('/api/v1/me/sessions/{id}', { params: { path: { id } } })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: userKeys.sessions }),
  });
}

export function apiKeysQuery() {
  return queryOptions({
    queryKey: userKeys.apiKeys,
    queryFn: ({ signal }) => dataOf(client.GET('/api/v1/api-keys', { signal })),
  });
}

export function useCreateApiKey() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; project?: string; role: Role; expiresAt?: string }) =>
      dataOf(client.POST('/api/v1/api-keys', { body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: userKeys.apiKeys }),
  });
}

export function useDeleteApiKey() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => textOf(client.DELETE('/api/v1/api-keys/{id}', { params: { path: { id } } })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: userKeys.apiKeys }),
  });
}

export function usersQuery() {
  return queryOptions({
    queryKey: userKeys.all,
    queryFn: ({ signal }) => dataOf(client.GET('/api/v1/users', { signal })),
  });
}

export function useCreateUser() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: { username: string; role: Role }) => dataOf(client.POST('/api/v1/users', { body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: userKeys.all }),
  });
}

export function useUpdateUser(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: { role: Role; active: boolean }) =>
      dataOf(client.PUT('/api/v1/users/{id}', { params: { path: { id } }, body })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: userKeys.all }),
  });
}

export function useCreatePasswordLink(id: string) {
  return useMutation({
    mutationFn: () => dataOf(client.POST('/api/v1/users/{id}/password-link', { params: { path: { id } } })),
  });
}

export function useSignOutUser(id: string) {
  return useMutation({
    mutationFn: () => textOf(client.DELETE('/api/v1/users/{id}/sessions', { params: { path: { id } } })),
  });
}
