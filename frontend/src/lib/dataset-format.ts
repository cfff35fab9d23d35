/** Which format a file is sent as, from its name and its beginning. The service has the last word. */

const byEnding: Record<string, string> = {
  csv: 'text/csv',
  ndjson: 'application/x-ndjson',
  jsonl: 'application/x-ndjson',
};

/** The content type for an upload; `head` is the beginning of the text, a few kilobytes are enough. */
export function datasetContentType(name: string, head: string): string {
  const ending = name.toLowerCase().split('.').at(-1) ?? '';
  const known = byEnding[ending];
  if (known !== undefined) {
    return known;
  }
  return looksLikeLinesOfJson(head) ? 'application/x-ndjson' : 'application/json';
}

/** A first line that is a whole object with something after it: an array or a single object does not begin so. */
function looksLikeLinesOfJson(head: string): boolean {
  const text = head.trimStart();
  const end = text.indexOf('\n');
  if (!text.startsWith('{') || end === -1 || text.slice(end).trim() === '') {
    return false;
  }
  try {
    JSON.parse(text.slice(0, end));
    return true;
  } catch {
    return false;
  }
}
