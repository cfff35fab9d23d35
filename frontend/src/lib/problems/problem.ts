/** The body of a refusal (RFC 9457), as far as the page reads it. A position counts lines and columns from 1, records and bytes from 0. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail?: string;
  code?: string;
  errors?: { pointer: string; message: string }[] | null;
  position?: { record: number; line: number; column: number; byte: number } | null;
};

/** The service refused a request. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** The service could not be reached, or what stands in front of it answered in its place. */
export class ServiceUnreachableError extends Error {
  constructor() {
    super('The service is not responding.');
    this.name = 'ServiceUnreachableError';
  }
}

/** The problem in an answer body; an answer that holds none becomes one that says its status. */
export function problemOf(status: number, body: unknown): Problem {
  if (typeof body === 'object' && body !== null && 'title' in body && typeof body.title === 'string') {
    return { type: 'about:blank', status, ...body } as Problem;
  }
  return {
    type: 'about:blank',
    title: `The service answered ${status}`,
    status,
    detail: 'The response gives no reason. Check the log of the service.',
  };
}
