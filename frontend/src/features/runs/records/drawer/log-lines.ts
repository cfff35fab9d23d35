/** The lines of a batch's log that belong to one record, without the prefix `#<index> `. */
export function linesOfRecord(log: string, index: number): string[] {
  const prefix = `#${index} `;
  return log
    .split('\n')
    .filter((line) => line.startsWith(prefix))
    .map((line) => line.slice(prefix.length));
}
