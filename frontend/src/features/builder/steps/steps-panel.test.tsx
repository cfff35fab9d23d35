import { fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { useReducer, useState } from 'react';
import { beforeEach, expect, test } from 'vitest';
import type { ScriptProblem } from '@/api/types';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import type { OpenScript } from '../draft/deep-link';
import { blankDraft, type Draft, newStep } from '../draft/draft';
import { draftReducer } from '../draft/draft-reducer';
import { StepsPanel } from './steps-panel';

const noProblems = () => [];

type PanelProps = { start: Draft; checks?: (source: string) => ScriptProblem[] };

function Panel({ start, checks = noProblems }: PanelProps) {
  const [draft, dispatch] = useReducer(draftReducer, start);
  const [openScript, setOpenScript] = useState<OpenScript>();
  return (
    <StepsPanel
      draft={draft}
      dispatch={dispatch}
      checks={checks}
      openScript={openScript}
      onOpenScript={setOpenScript}
    />
  );
}

function show(props: Partial<PanelProps> = {}) {
  renderPage([{ path: '/', element: <Panel start={blankDraft()} {...props} /> }], '/');
}

const names = () =>
  screen.getAllByLabelText(/^Name of step/).map((field) => (field as HTMLInputElement).value);

beforeEach(() => {
  server.use(http.get('*/api/v1/pipelines', () => HttpResponse.json({ items: [], nextCursor: null })));
});

test('a duplicated step has the scripts of the original and a name of its own', async () => {
  show();

  await userEvent.click(screen.getByRole('button', { name: 'Duplicate the step' }));

  expect(names()).toEqual(['step_1', 'step_1_2']);
  expect(screen.getAllByText('main.py')).toHaveLength(2);
});

test('the first step cannot be moved up, the last one not down', () => {
  const main = { name: 'main.py', source: 'x' };
  show({ start: { ...blankDraft(), steps: [newStep([], { main }, 'a'), newStep([], { main }, 'b')] } });

  const [up, secondUp] = screen.getAllByRole('button', { name: 'Move the step up' });
  const [down, secondDown] = screen.getAllByRole('button', { name: 'Move the step down' });
  expect(up).toBeDisabled();
  expect(secondUp).toBeEnabled();
  expect(down).toBeEnabled();
  expect(secondDown).toBeDisabled();
});

test('a dropped step takes the place of the step below it', () => {
  const main = { name: 'main.py', source: 'x' };
  const steps = [newStep([], { main }, 'a'), newStep([], { main }, 'b')];
  show({ start: { ...blankDraft(), steps } });

  fireEvent.drop(screen.getByRole('article', { name: 'Step 1, a' }), {
    dataTransfer: { getData: () => steps[1]?.key ?? '' },
  });

  expect(names()).toEqual(['b', 'a']);
});

test('an optional script is written, opened and removed; the main script stays', async () => {
  show();
  const step = within(screen.getByRole('article', { name: 'Step 1, step_1' }));
  expect(step.queryByRole('button', { name: 'Remove the main script of step_1' })).not.toBeInTheDocument();

  await userEvent.click(step.getByRole('button', { name: 'Write a pre script for step_1' }));
  expect(await step.findByLabelText('File name of the pre script of step_1')).toHaveValue('pre.py');
  await userEvent.click(step.getByRole('button', { name: 'Remove the pre script of step_1' }));

  expect(step.getByRole('button', { name: 'Write a pre script for step_1' })).toBeInTheDocument();
});

test('warnings are counted apart from errors', () => {
  const problem = { line: 1, column: 1, message: 'unused', code: 'SCRIPT_X' };
  show({ checks: () => [{ ...problem, severity: 'warning' }] });
  expect(screen.getByText('1 warning')).toBeInTheDocument();

  show({
    checks: () => [
      { ...problem, severity: 'warning' },
      { ...problem, severity: 'error' },
    ],
  });
  expect(screen.getByText('1 error')).toBeInTheDocument();
});
