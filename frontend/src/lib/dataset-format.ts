/** As what a file is sent, by its name. Only the service looks into it, and the content has the last word there. */

const byEnding = new Map(
  Object.entries({
    csv: 'text/csv',
    tsv: 'text/tab-separated-values',
    tab: 'text/tab-separated-values',
    json: 'application/json',
    geojson: 'application/geo+json',
    ndjson: 'application/x-ndjson',
    jsonl: 'application/x-ndjson',
  }),
);

/** The content type for an upload; one that says nothing where the name does not tell. */
export function datasetContentType(name: string): string {
  const ending = name
    .toLowerCase()
    .replace(/\.gz$/, '')
    .match(/\.([^.]*)$/)?.[1];
  return byEnding.get(ending ?? '') ?? 'application/octet-stream';
}

const separators = new Map([
  [',', 'comma'],
  [';', 'semicolon'],
  ['\t', 'tab'],
  ['|', 'vertical bar'],
]);

/** A separator of columns in words; the sign itself where it has no name. */
export function separatorName(separator: string): string {
  return separators.get(separator) ?? separator;
}

/** The usual separators, to choose from. */
export const usualSeparators = [...separators.keys()];
