import { ProblemError } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { CodeBlock } from '@/components/code-block';
import { ProblemAlert } from '@/components/problem-alert';
import { formatNumber } from '@/lib/format';
import type { Refused } from './use-dataset-upload';

/** Why a dataset was refused, where in it, and the lines there. */
export function RefusedDataset({ refused: { error, excerpt } }: { refused: Refused }) {
  const text = problemText(error);
  const place = placeText(error);
  return (
    <ProblemAlert {...text} details={place === undefined ? text.details : [place, ...text.details]}>
      {excerpt !== undefined && (
        <div style={{ marginTop: 8 }}>
          <CodeBlock
            source={excerpt.lines.join('\n')}
            firstLine={excerpt.firstLine}
            litLine={excerpt.litLine}
            language="text"
            label="The lines around it"
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
