import { Group, List, Text, TextInput } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { Script, ScriptProblem } from '@/api/types';
import { CodeBlock } from '@/components/code/code-block';

/** The editor is by far the largest chunk; it is loaded when a script is opened. */
const CodeEditor = lazy(async () => ({
  default: (await import('@/components/code/code-editor')).CodeEditor,
}));

type ScriptEditorProps = {
  label: string;
  script: Script;
  problems: ScriptProblem[];
  line?: number | undefined;
  onChange: (script: Script) => void;
};

export function ScriptEditor({ label, script, problems, line, onChange }: ScriptEditorProps) {
  return (
    <div style={{ paddingBottom: 8 }}>
      <Group gap="xs" mb={6} wrap="nowrap">
        <TextInput
          aria-label={`File name of the ${label}`}
          value={script.name}
          onChange={(event) => onChange({ ...script, name: event.currentTarget.value })}
        />
        <Text size="xs" className="quiet cut">
          Escape, then Tab leaves the editor
        </Text>
      </Group>
      <Suspense fallback={<CodeBlock source={script.source} label={label} language="text" height="editor" />}>
        <CodeEditor
          label={label}
          source={script.source}
          problems={problems}
          line={line}
          onChange={(source) => onChange({ ...script, source })}
        />
      </Suspense>
      {problems.length > 0 && (
        <List size="sm" mt={6} listStyleType="none" aria-label="Problems">
          {problems.map((problem) => (
            <List.Item key={`${problem.line} ${problem.column} ${problem.message}`} c="var(--state-failed)">
              {problem.line == null ? '' : `Line ${problem.line}: `}
              {problem.message}
            </List.Item>
          ))}
        </List>
      )}
    </div>
  );
}
