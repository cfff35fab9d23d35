import { List, Text } from '@mantine/core';
import { separatorName } from '@/lib/dataset-format';

type Reading = {
  format: string;
  separator?: string | null;
  recordsPath?: string | null;
  member?: string | null;
  sheet?: string | null;
  notes: string[];
};

const formats = new Map([
  ['json', 'JSON'],
  ['ndjson', 'NDJSON (one JSON object per line)'],
  ['csv', 'CSV'],
  ['excel', 'Excel workbook'],
  ['parquet', 'Parquet'],
]);

/** How a file was read, with the notes of the service about it. */
export function DatasetReading({ dataset }: { dataset: Reading }) {
  return (
    <section aria-label="How it was read">
      <Text size="sm" className="quiet">
        {readingText(dataset)}
      </Text>
      {dataset.notes.length > 0 && (
        <List size="sm" mt={4}>
          {dataset.notes.map((note) => (
            <List.Item key={note}>{note}</List.Item>
          ))}
        </List>
      )}
    </section>
  );
}

function readingText({ format, separator, recordsPath, member, sheet }: Reading): string {
  const columns = separator == null ? '' : `, columns separated by ${separatorName(separator)}`;
  const list = recordsPath == null ? '' : `, records from ${recordsPath}`;
  const table = sheet == null ? '' : `, sheet ${sheet}`;
  const archive = member == null ? '' : `, from ${member} in the archive`;
  return `Read as ${formats.get(format) ?? format}${columns}${list}${table}${archive}`;
}
