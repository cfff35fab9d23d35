import createClient from 'openapi-fetch';
import { ProblemError, problemOf, ServiceUnreachableError } from '@/lib/problems/problem';
import { parseExactInTurns } from '@/lib/values/exact-json';
import type { paths } from '../schema';
import { fetchWithEtag } from './etag-cache';
import { projectHeaders } from './project';
import { serviceState } from './service-state';

/** The HTTP client of the page. The browser caches no answer; see {@link fetchWithEtag}. */
export const client = createClient<paths>({
  baseUrl: window.location.origin,
  cache: 'no-store',
  fetch: reportingFetch,
});

client.use({
  onRequest({ request, schemaPath }) {
    for (const [name, value] of Object.entries(projectHeaders(schemaPath))) {
      request.headers.set(name, value);
    }
  },
});

const gatewayStatuses = new Set([502, 504]);

async function reportingFetch(request: Request): Promise<Response> {
  const response = await fetchWithEtag(request).catch((failure: unknown) => {
    if (request.signal.aborted) {
      throw failure;
    }
    serviceState.report(false);
    throw new ServiceUnreachableError();
  });
  serviceState.report(!gatewayStatuses.has(response.status));
  if (gatewayStatuses.has(response.status)) {
    throw new ServiceUnreachableError();
  }
  return response;
}

type Answer<Data> = { data?: Data | undefined; error?: unknown; response: Response };

/** The data of an answer. Throws {@link ProblemError} for an error status. */
export async function dataOf<Data>(answer: Promise<Answer<Data>>): Promise<Data> {
  return (await accepted(answer)) as Data;
}

/** The body of an answer as text, empty when there is none. Throws {@link ProblemError} for an error status. */
export async function textOf(answer: Promise<Answer<unknown>>): Promise<string> {
  return ((await accepted(answer)) ?? '') as string;
}

/** The data of an answer with the exact digits of every number. Throws {@link ProblemError} for an error status. */
export async function exactDataOf<Data>(answer: Promise<Answer<unknown>>): Promise<Data> {
  return (await parseExactInTurns(await textOf(answer))) as unknown as Data;
}

async function accepted<Data>(answer: Promise<Answer<Data>>): Promise<Data | undefined> {
  const { data, error, response } = await answer;
  if (!response.ok) {
    throw new ProblemError(problemOf(response.status, error));
  }
  return data;
}
