import { Button, Text } from '@mantine/core';
import type { ReadAs } from '@/api/http/upload';
import { CodeBlock } from '@/components/code/code-block';
import { ProblemAlert } from '@/components/feedback/problem-alert';
import { formatNumber } from '@/lib/format';
import { ProblemError } from '@/lib/problems/problem';
import type { Refused } from './use-dataset-upload';

type RefusedDatasetProps = { refused: Refused; onReadAs: (file: File, readAs: ReadAs) => void };

/** Why a dataset was refused, with the lines around the error. */
export function RefusedDataset({ refused: { file, error, excerpt }, onReadAs }: RefusedDatasetProps) {
  const place = placeText(error);
  const lists = listsIn(error);
  return (
    <ProblemAlert error={error}>
      {place !== undefined && <Text size="sm">{place}</Text>}
      {excerpt !== undefined && (
        <div style={{ marginTop: 8 }}>
          <CodeBlock
            source={excerpt.lines.join('\n')}
            firstLine={excerpt.firstLine}
            highlightedLine={excerpt.highlightedLine}
            language="text"
            label="Lines around the error"
          />
        </div>
      )}
      {lists.map((path) => (
        <Button key={path} variant="default" mt="xs" onClick={() => onReadAs(file, { records: path })}>
          Use the records in {path}
        </Button>
      ))}
    </ProblemAlert>
  );
}

/** The lists of records inside a document that is too large for one record. */
function listsIn(error: unknown): string[] {
  const isDocument = error instanceof ProblemError && error.problem.code === 'RECORD_TOO_LARGE';
  return isDocument ? (error.problem.errors ?? []).map(({ pointer }) => pointer) : [];
}

function placeText(error: unknown): string | undefined {
  const position = error instanceof ProblemError ? error.problem.position : undefined;
  if (position == null) {
    return undefined;
  }
  const { line, column, record, byte } = position;
  return `At line ${formatNumber(line)}, column ${formatNumber(column)}, record ${formatNumber(record)}, byte ${formatNumber(byte)}`;
}
