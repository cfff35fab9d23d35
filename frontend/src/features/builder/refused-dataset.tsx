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
  if (position === undefined) {
    return undefined;
  }
  const parts = [
    position.line == null ? undefined : `line ${formatNumber(position.line)}`,
    position.column == null ? undefined : `column ${formatNumber(position.column)}`,
    position.record == null ? undefined : `record ${formatNumber(position.record)}`,
    position.byte == null ? undefined : `byte ${formatNumber(position.byte)}`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : `At ${parts.join(', ')}`;
}
