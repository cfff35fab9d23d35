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
  const choices = choicesIn(error);
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
      {choices.map(({ name, readAs }) => (
        <Button key={name} variant="default" mt="xs" mr="xs" onClick={() => onReadAs(file, readAs)}>
          Use the records in {name}
        </Button>
      ))}
    </ProblemAlert>
  );
}

type Choice = { name: string; readAs: ReadAs };

/** The lists of records inside a document that is too large for one record, the files of an archive, the sheets of a workbook. */
function choicesIn(error: unknown): Choice[] {
  if (!(error instanceof ProblemError)) {
    return [];
  }
  const { code, errors } = error.problem;
  return (errors ?? []).flatMap(({ pointer, message }) => choiceOf(code, pointer, message) ?? []);
}

function choiceOf(code: string | undefined, pointer: string, name: string): Choice | undefined {
  switch (code) {
    case 'RECORD_TOO_LARGE':
      return { name: pointer, readAs: { records: pointer } };
    case 'SEVERAL_MEMBERS':
    case 'UNKNOWN_MEMBER':
      return { name, readAs: { member: name } };
    case 'UNKNOWN_SHEET':
      return { name, readAs: { sheet: name } };
    default:
      return undefined;
  }
}

function placeText(error: unknown): string | undefined {
  const position = error instanceof ProblemError ? error.problem.position : undefined;
  if (position == null) {
    return undefined;
  }
  const { line, column, record, byte } = position;
  return `At line ${formatNumber(line)}, column ${formatNumber(column)}, record ${formatNumber(record)}, byte ${formatNumber(byte)}`;
}
