import { ProblemError, ServiceUnreachableError } from './problem';

export type ProblemText = { title: string; detail?: string; details: string[] };

/** The text of an error: what happened, why, and which parts of the request are wrong. */
export function problemText(error: unknown): ProblemText {
  if (error instanceof ProblemError) {
    const { title, detail, errors } = error.problem;
    return {
      title,
      ...(detail && detail !== title ? { detail } : {}),
      details: (errors ?? []).map(({ pointer, message }) => `${placeOf(pointer)}${message}`),
    };
  }
  if (error instanceof ServiceUnreachableError) {
    return {
      title: 'The service is not responding',
      detail: 'Your changes are kept. Check whether the service is running, then retry.',
      details: [],
    };
  }
  return {
    title: 'Unexpected error in the page',
    detail: `Reload the page. If it happens again, report this: ${String(error)}`,
    details: [],
  };
}

/** What an error says about a field of the request or a part of it; undefined when it says nothing about it. */
export function fieldMessage(error: unknown, field: string): string | undefined {
  if (!(error instanceof ProblemError)) {
    return undefined;
  }
  return error.problem.errors?.find(({ pointer }) => `${pointer.replace(/^#/, '')}/`.startsWith(`${field}/`))
    ?.message;
}

/** `/pipeline/steps/0/main/source` → `step 1 main source: `. */
function placeOf(pointer: string): string {
  const words = pointer
    .replace(/^#?\//, '')
    .replace(/^pipeline\//, '')
    .replace(/^llm\b/, 'model calls')
    .replace(
      /^(?:environment\/)?packages\/(\d+)/,
      (_match, position: string) => `package ${Number(position) + 1}`,
    )
    .replace(/steps\/(\d+)/, (_match, position: string) => `step ${Number(position) + 1}`)
    .split('/')
    .filter((word) => word !== '');
  return words.length === 0 ? '' : `${words.join(' ')}: `;
}
