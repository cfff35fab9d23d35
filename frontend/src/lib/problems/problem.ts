/**
 * The body of an error response (RFC 9457), as far as the page uses it. Lines and columns count from 1, records and
 * bytes from 0.
 */
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail?: string;
  code?: string;
  errors?: { pointer: string; message: string }[] | null;
  position?: { record: number; line: number; column: number; byte: number } | null;
  /** The id of the environment that is not ready, or whose build has failed. */
  environment?: string;
};

/** The service responded with an error. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** The service could not be reached, or a proxy answered in its place. */
export class ServiceUnreachableError extends Error {
  constructor() {
    super('The service is not responding.');
    this.name = 'ServiceUnreachableError';
  }
}

/** The problem in a response body. A response without one becomes a problem with its status. */
export function problemOf(status: number, body: unknown): Problem {
  if (typeof body === 'object' && body !== null && 'title' in body && typeof body.title === 'string') {
    return { type: 'about:blank', status, ...body } as Problem;
  }
  return {
    type: 'about:blank',
    title: `The service responded with status ${status}`,
    status,
    detail: 'The response gives no reason. Check the service log.',
  };
}
