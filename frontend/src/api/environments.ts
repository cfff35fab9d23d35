import {
  infiniteQueryOptions,
  keepPreviousData,
  type QueryClient,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { isInWork } from '@/lib/environments/environment';
import { ProblemError } from '@/lib/problems/problem';
import { client, dataOf, textOf } from './http/client';
import { environmentListPollInterval, environmentPollInterval } from './polling';
import type { Environment, Script } from './types';

/** The image of pipelines that choose none. */
export const defaultImage = 'default';

export const environmentKeys = {
  all: ['environments'] as const,
  list: (limit: number) => [...environmentKeys.all, 'list', limit] as const,
  declared: (declaration: Declaration) => [...environmentKeys.all, 'declared', declaration] as const,
  one: (id: string) => [...environmentKeys.all, id] as const,
  log: (id: string, inWork: boolean) => [...environmentKeys.one(id), 'log', inWork] as const,
};

/** What an environment is asked for with: requirements, scripts whose blocks name more of them, and an image by name. */
export type Declaration = { packages: string[]; scripts: Script[]; image?: string };

/**
 * What an environment was asked for with. A requirement that several places declare is named once, and the version of
 * Python stands in a block, which is the only place for it.
 */
export function declarationOf({
  declared,
  requiresPython,
  image,
}: Pick<Environment, 'declared' | 'requiresPython' | 'image'>): Declaration {
  const block = `# /// script\n# requires-python = ${JSON.stringify(requiresPython)}\n# ///\n`;
  return {
    packages: [...new Set(declared.map(({ requirement }) => requirement))],
    scripts: requiresPython == null ? [] : [{ name: 'requires-python', source: block }],
    ...(image === defaultImage ? {} : { image }),
  };
}

/** The images that pipelines can choose. */
export function imagesQuery() {
  return queryOptions({
    queryKey: ['images'],
    queryFn: async ({ signal }) => (await dataOf(client.GET('/api/v1/images', { signal }))).items,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** All environments, newest first, `limit` per request, and what they take of the disk. */
export function environmentsQuery(limit: number) {
  return infiniteQueryOptions({
    queryKey: environmentKeys.list(limit),
    queryFn: ({ pageParam, signal }) =>
      dataOf(
        client.GET('/api/v1/environments', {
          params: { query: { limit, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    select: ({ pages }) => ({ items: pages.flatMap((page) => page.items), disk: pages[0]?.disk }),
    refetchInterval: ({ state }) =>
      environmentListPollInterval(state.data?.pages.flatMap((page) => page.items) ?? []),
  });
}

export function environmentQuery(id: string) {
  return queryOptions({
    queryKey: environmentKeys.one(id),
    queryFn: ({ signal }) =>
      dataOf(client.GET('/api/v1/environments/{id}', { params: { path: { id } }, signal })),
    // Who uses it changes without it; whoever opens its page has just changed that.
    staleTime: 0,
    refetchInterval: ({ state }) => environmentPollInterval(state.data),
  });
}

/** Asks for the environment of a declaration. The service has one for each, so that asking again changes nothing. */
export function declaredEnvironmentQuery(declaration: Declaration) {
  return queryOptions({
    queryKey: environmentKeys.declared(declaration),
    queryFn: async ({ signal, client: queryClient }) => {
      const environment = await dataOf(client.POST('/api/v1/environments', { body: declaration, signal }));
      queryClient.setQueryData(environmentKeys.one(environment.id), environment);
      return environment.id;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

type LogSoFar = { text: string; next: number; isFinal: boolean };

/** The log of the build, read on from where the last answer ended. A log that grows and one that is final differ in key. */
function environmentLogQuery(id: string, inWork: boolean) {
  const key = environmentKeys.log(id, inWork);
  return queryOptions({
    queryKey: key,
    queryFn: async ({ signal, client: queryClient }): Promise<LogSoFar> => {
      const before = queryClient.getQueryData<LogSoFar>(key);
      const more = await dataOf(
        client.GET('/api/v1/environments/{id}/log', {
          params: { path: { id }, query: { from: before?.next ?? 0 } },
          signal,
        }),
      );
      return { ...more, text: (before?.text ?? '') + more.text };
    },
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.isFinal === false ? 1000 : false),
    gcTime: 0,
  });
}

/** The log of a build while it is shown; undefined until it is there. */
export function useEnvironmentLog(
  { id, status }: Pick<Environment, 'id' | 'status'>,
  isShown: boolean,
): string | undefined {
  const { data } = useQuery({ ...environmentLogQuery(id, isInWork(status)), enabled: isShown });
  return data?.text;
}

/** Resolves what is declared anew, and shows the new environment wherever it is declared. */
export function useUpdatedEnvironment(
  declaration: Declaration,
  onResolved?: (environment: Environment) => void,
) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => dataOf(client.POST('/api/v1/environments', { body: { ...declaration, update: true } })),
    onSuccess: async (environment) => {
      queryClient.setQueryData(environmentKeys.one(environment.id), environment);
      onResolved?.(environment);
      await Promise.all(
        ['list', 'declared'].map((kind) =>
          queryClient.invalidateQueries({ queryKey: [...environmentKeys.all, kind] }),
        ),
      );
    },
  });
}

/** Removes the files of an environment, and the environment itself when nothing refers to it any more. */
export function useRemoveEnvironment(id: string, onRemoved: () => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => textOf(client.DELETE('/api/v1/environments/{id}', { params: { path: { id } } })),
    onSuccess: async () => {
      onRemoved();
      queryClient.removeQueries({ queryKey: environmentKeys.one(id) });
      await queryClient.invalidateQueries({ queryKey: environmentKeys.all });
    },
  });
}

/** The address of a lock; it is downloaded by a link. */
export function lockAddress(id: string, format: 'pylock' | 'requirements'): string {
  return `/api/v1/environments/${id}/lock?format=${format}`;
}

/** Sends a request that needs an environment, and sends it again when the service says that this one was not built yet. */
export async function whenBuilt<Answer>(
  queryClient: QueryClient,
  signal: AbortSignal,
  send: () => Promise<Answer>,
): Promise<Answer> {
  for (;;) {
    try {
      return await send();
    } catch (failure) {
      const environment = unbuiltEnvironment(failure);
      if (environment === undefined) {
        throw failure;
      }
      await untilSettled(queryClient, environment, signal);
    }
  }
}

function unbuiltEnvironment(failure: unknown): string | undefined {
  return failure instanceof ProblemError && failure.problem.code === 'ENVIRONMENT_NOT_READY'
    ? failure.problem.environment
    : undefined;
}

async function untilSettled(queryClient: QueryClient, id: string, signal: AbortSignal) {
  for (;;) {
    signal.throwIfAborted();
    const { status } = await queryClient.fetchQuery({ ...environmentQuery(id), staleTime: 0 });
    if (!isInWork(status)) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}
