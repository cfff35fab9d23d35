/**
 * The project that the page shows, for people who are members of several. It is sent with requests for lists and for
 * new things; whatever has an id is found in its own project, so that links lead to things of every project.
 */
const storageKey = 'project';

/** The id of the chosen project; null where there is no choice. */
export function chosenProject(): string | null {
  return localStorage.getItem(storageKey);
}

export function chooseProject(id: string) {
  localStorage.setItem(storageKey, id);
}

/** Keeps the choice possible: the first project where none, or one of others, is chosen. Tells whether it has changed. */
export function keepChoiceAmong(projects: { id: string }[]): boolean {
  const chosen = chosenProject();
  if (projects.length < 2) {
    localStorage.removeItem(storageKey);
    return false;
  }
  const [first] = projects;
  if (first === undefined || projects.some(({ id }) => id === chosen)) {
    return false;
  }
  chooseProject(first.id);
  return true;
}

/** The headers of a request to a path of the API, with parameters in braces. */
export function projectHeaders(path: string): Record<string, string> {
  const chosen = chosenProject();
  return chosen === null || path.includes('{') ? {} : { 'X-Project': chosen };
}
