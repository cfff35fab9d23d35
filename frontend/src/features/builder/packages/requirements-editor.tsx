import { List } from '@mantine/core';
import { lazy, Suspense, useMemo } from 'react';
import { CodeBlock } from '@/components/code/code-block';
import type { RequirementProblem } from './requirement-lines';

const CodeEditor = lazy(async () => ({
  default: (await import('@/components/code/code-editor')).CodeEditor,
}));

type RequirementsEditorProps = {
  text: string;
  problems: RequirementProblem[];
  onChange: (text: string) => void;
  onTypedLine: (line: number | undefined) => void;
};

/** The text with one requirement per line, and what is wrong with it where it is wrong. */
export function RequirementsEditor({ text, problems, onChange, onTypedLine }: RequirementsEditorProps) {
  const marked = useMarked(problems);
  return (
    <div>
      <Suspense fallback={<CodeBlock source={text} label="Packages, one per line" language="text" />}>
        <CodeEditor
          label="Packages, one per line"
          language="text"
          source={text}
          problems={marked}
          onChange={onChange}
          onTypedLine={onTypedLine}
        />
      </Suspense>
      {problems.length > 0 && (
        <List size="sm" mt={6} listStyleType="none" aria-label="Problems of the packages">
          {problems.map((problem) => (
            <List.Item key={`${problem.line} ${problem.column} ${problem.message}`} c="var(--state-failed)">
              {placeOf(problem)}
              {problem.message}
            </List.Item>
          ))}
        </List>
      )}
    </div>
  );
}

/** The problems that have a line; the same list as long as nothing changes, because each new one is marked anew. */
function useMarked(problems: RequirementProblem[]) {
  const key = JSON.stringify(problems);
  return useMemo(
    () =>
      (JSON.parse(key) as RequirementProblem[])
        .filter(({ line }) => line !== undefined)
        .map((problem) => ({ ...problem, severity: 'error' })),
    [key],
  );
}

function placeOf({ line, column }: RequirementProblem): string {
  if (line === undefined) {
    return '';
  }
  return column === undefined ? `Line ${line}: ` : `Line ${line}, column ${column}: `;
}
