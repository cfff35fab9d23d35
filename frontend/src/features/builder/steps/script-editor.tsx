import { Button, Checkbox, Group, List, Text, TextInput } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { Script, ScriptProblem } from '@/api/types';
import { CodeBlock } from '@/components/code/code-block';
import type { KnownNames } from '@/components/code/python-completion';

import { readStored, writeStored } from '@/lib/local-storage';
import classes from './script-editor.module.css';

/** The editor is by far the largest chunk; it is loaded when a script is opened. */
const CodeEditor = lazy(async () => ({
  default: (await import('@/components/code/code-editor')).CodeEditor,
}));

/** Whether long lines are broken, in all editors of this browser. */
const wrapKey = 'editor wraps lines';

type ScriptEditorProps = {
  label: string;
  script: Script;
  problems: ScriptProblem[];
  line?: number | undefined;
  known?: KnownNames | undefined;
  onChange: (script: Script) => void;
};

export function ScriptEditor({ label, script, problems, line, known, onChange }: ScriptEditorProps) {
  const [full, setFull] = useState(false);
  const [wraps, setWraps] = useState(() => readStored<boolean>(wrapKey) ?? false);
  return (
    <div className={full ? classes.full : classes.editor}>
      <Group gap="xs" mb={6}>
        <TextInput
          aria-label={`File name of the ${label}`}
          value={script.name}
          onChange={(event) => onChange({ ...script, name: event.currentTarget.value })}
        />
        <Checkbox
          size="xs"
          py={4}
          label="Wrap lines"
          checked={wraps}
          onChange={(event) => {
            writeStored(wrapKey, event.currentTarget.checked);
            setWraps(event.currentTarget.checked);
          }}
        />
        <Button variant="default" size="compact-xs" aria-pressed={full} onClick={() => setFull(!full)}>
          {full ? 'Leave full screen' : 'Full screen'}
        </Button>
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
          known={known}
          wraps={wraps}
          onChange={(source) => onChange({ ...script, source })}
        />
      </Suspense>
      {problems.length > 0 && (
        <List size="sm" mt={6} listStyleType="none" aria-label="Problems">
          {problems.map((problem) => (
            <List.Item
              key={`${problem.line} ${problem.column} ${problem.message}`}
              c={problem.severity === 'error' ? 'var(--state-failed)' : 'var(--state-partial)'}
            >
              {problem.line == null ? '' : `Line ${problem.line}: `}
              {problem.message}
            </List.Item>
          ))}
        </List>
      )}
    </div>
  );
}
