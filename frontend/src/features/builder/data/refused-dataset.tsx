import { Text } from '@mantine/core';
import { CodeBlock } from '@/components/code-block';
import { ProblemAlert } from '@/components/problem-alert';
import { formatNumber } from '@/lib/format';
import { ProblemError } from '@/lib/problem';
import type { Refused } from './use-dataset-upload';

/** Why a dataset was refused, where in it, and the lines there. */
export function RefusedDataset({ refused: { error, excerpt } }: { refused: Refused }) {
  const place = placeText(error);
  return (
    <ProblemAlert error={error}>
      {place !== undefined && <Text size="sm">{place}</Text>}
      {excerpt !== undefined && (
        <div style={{ marginTop: 8 }}>
          <CodeBlock
            source={excerpt.lines.join('\n')}
            firstLine={excerpt.firstLine}
            litLine={excerpt.litLine}
            language="text"
            label="Lines around the error"
          />
        </div>
      )}
    </ProblemAlert>
  );
}

function placeText(error: unknown): string | undefined {
  const position = error instanceof ProblemError ? error.problem.position : undefined;
  if (position == null) {
    return undefined;
  }
  const { line, column, record, byte } = position;
  return `At line ${formatNumber(line)}, column ${formatNumber(column)}, record ${formatNumber(record)}, byte ${formatNumber(byte)}`;
}
