/** The content type and the separator of an upload. The service decides by the content of the file. */

const byEnding = new Map(
  Object.entries({
    csv: 'text/csv',
    tsv: 'text/tab-separated-values',
    tab: 'text/tab-separated-values',
    json: 'application/json',
    geojson: 'application/geo+json',
    ndjson: 'application/x-ndjson',
    jsonl: 'application/x-ndjson',
    xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    xlsm: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    parquet: 'application/vnd.apache.parquet',
    zip: 'application/zip',
  }),
);

/** The content type for a file name; application/octet-stream when the name does not tell. */
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

/** The name of a column separator, or the character itself if it has no name. */
export function separatorName(separator: string): string {
  return separators.get(separator) ?? separator;
}

/** The separators that are offered. */
export const usualSeparators = [...separators.keys()];
