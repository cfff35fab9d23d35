import createClient from 'openapi-fetch';
import { ProblemError, problemOf, ServiceAwayError } from './problem';
import type { paths } from './schema';
import { serviceState } from './service-state';

/**
 * The one way to the service. `no-cache` lets the browser ask with the ETag it holds: an unchanged answer costs a 304
 * and no body.
 */
export const client = createClient<paths>({
  baseUrl: window.location.origin,
  cache: 'no-cache',
  fetch: reportingFetch,
});

const gatewayStatuses = new Set([502, 504]);

async function reportingFetch(request: Request): Promise<Response> {
  const response = await fetch(request).catch((failure: unknown) => {
    if (request.signal.aborted) {
      throw failure;
    }
    serviceState.report(false);
    throw new ServiceAwayError();
  });
  serviceState.report(!gatewayStatuses.has(response.status));
  if (gatewayStatuses.has(response.status)) {
    throw new ServiceAwayError();
  }
  return response;
}

/** Anything a type says, with parts of it left open. */
type Loose<Whole> = Whole extends (infer Item)[]
  ? Loose<Item>[]
  : Whole extends object
    ? { [Name in keyof Whole]?: Loose<Whole[Name]> | null }
    : Whole;

type Answer<Data> = { data?: Loose<Data> | undefined; error?: unknown; response: Response };

/**
 * The data of an answer, as the page relies on it: the document of the service may leave more open than that, but must
 * not contradict it. Throws {@link ProblemError} when the service refused.
 */
export async function dataOf<Data>(answer: Promise<Answer<Data>>): Promise<Data> {
  return (await accepted(answer)) as Data;
}

/** The body of an answer as text; empty when there is none. Throws {@link ProblemError} when the service refused. */
export async function textOf(
  answer: Promise<{ data?: unknown; error?: unknown; response: Response }>,
): Promise<string> {
  return ((await accepted(answer)) ?? '') as string;
}

async function accepted(
  answer: Promise<{ data?: unknown; error?: unknown; response: Response }>,
): Promise<unknown> {
  const { data, error, response } = await answer;
  if (!response.ok) {
    throw new ProblemError(problemOf(response.status, error));
  }
  return data;
}
