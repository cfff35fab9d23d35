import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { client, dataOf, textOf } from './http/client';
import type { Role } from './types';
import { userKeys } from './users';

export const projectKeys = {
  all: ['projects'] as const,
  one: (project: string) => ['projects', project] as const,
  members: (project: string) => ['projects', project, 'members'] as const,
};

export function projectsQuery() {
  return queryOptions({
    queryKey: projectKeys.all,
    queryFn: ({ signal }) => dataOf(client.GET('/api/v1/projects', { signal })),
  });
}

export function projectQuery(project: string) {
  return queryOptions({
    queryKey: projectKeys.one(project),
    queryFn: ({ signal }) =>
      dataOf(client.GET('/api/v1/projects/{project}', { params: { path: { project } }, signal })),
  });
}

export function membersQuery(project: string) {
  return queryOptions({
    queryKey: projectKeys.members(project),
    queryFn: ({ signal }) =>
      dataOf(client.GET('/api/v1/projects/{project}/members', { params: { path: { project } }, signal })),
  });
}

/** A change of projects also changes of which ones the person is a member. */
function useInvalidation() {
  const queryClient = useQueryClient();
  return async () => {
    await queryClient.invalidateQueries({ queryKey: projectKeys.all });
    await queryClient.invalidateQueries({ queryKey: userKeys.me, exact: true });
  };
}

export function useCreateProject() {
  return useMutation({
    mutationFn: (name: string) => dataOf(client.POST('/api/v1/projects', { body: { name } })),
    onSuccess: useInvalidation(),
  });
}

export function useDeleteProject(project: string) {
  return useMutation({
    mutationFn: () => textOf(client.DELETE('/api/v1/projects/{project}', { params: { path: { project } } })),
    onSuccess: useInvalidation(),
  });
}

export function usePutMember(project: string) {
  return useMutation({
    mutationFn: ({ user, role }: { user: string; role: Role }) =>
      dataOf(
        client.PUT('/api/v1/projects/{project}/members/{user}', {
          params: { path: { project, user } },
          body: { role },
        }),
      ),
    onSettled: useInvalidation(),
  });
}

export function useRemoveMember(project: string) {
  return useMutation({
    mutationFn: (user: string) =>
      textOf(
        client.DELETE('/api/v1/projects/{project}/members/{user}', { params: { path: { project, user } } }),
      ),
    onSettled: useInvalidation(),
  });
}
