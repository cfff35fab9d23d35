import { fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { useReducer, useState } from 'react';
import { beforeEach, expect, test } from 'vitest';
import { noUpstreams } from '@/api/model-calls';
import type { ScriptProblem, Upstreams } from '@/api/types';
import { aDataset, anUpstream, aWindow } from '@/testing/builders';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import type { OpenScript } from '../draft/deep-link';
import { blankDraft, type Draft, newStep } from '../draft/draft';
import { draftReducer } from '../draft/draft-reducer';
import { useDraftEnvironment } from '../packages/use-draft-environment';
import { newPrompt, withTemplate } from '../prompt/prompt';
import { promptScript } from '../prompt/prompt-script';
import { StepsPanel } from './steps-panel';

const noProblems = () => [];

type PanelProps = { start: Draft; upstreams?: Upstreams; checks?: (source: string) => ScriptProblem[] };

function Panel({ start, upstreams = noUpstreams, checks = noProblems }: PanelProps) {
  const [draft, dispatch] = useReducer(draftReducer, start);
  const [openScript, setOpenScript] = useState<OpenScript>();
  return (
    <StepsPanel
      draft={draft}
      dispatch={dispatch}
      checks={checks}
      openScript={openScript}
      onOpenScript={setOpenScript}
      upstreams={upstreams}
      llm={undefined}
      packages={useDraftEnvironment(draft)}
      trial={undefined}
      failures={() => []}
      refusalAt={() => undefined}
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

const withUpstream: Upstreams = { ...noUpstreams, items: [anUpstream({ models: ['small'] })] };

async function addPrompt(template: string) {
  await userEvent.click(screen.getByRole('button', { name: 'Add prompt step' }));
  await userEvent.click(await screen.findByRole('textbox', { name: 'Prompt of ask' }));
  await userEvent.paste(template);
}

const script = () => screen.findByRole('textbox', { name: 'main script of ask' });

test('prompt steps are offered only where a model can be called', () => {
  show();

  expect(screen.getByRole('button', { name: 'Add step' })).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Add prompt step' })).not.toBeInTheDocument();
});

test('a prompt step writes its script, and takes the place of a step that nobody has touched', async () => {
  show({ upstreams: withUpstream });

  await addPrompt('Is {{capital}} right?');

  expect(names()).toEqual(['ask']);
  expect(await script()).toHaveTextContent('from datapipeline import chat');
  expect(await script()).toHaveTextContent('PROMPT = "Is {{capital}} right?"');
  expect(screen.getByLabelText('Records at a time')).toHaveValue('8');
  expect(screen.getByRole('switch', { name: 'Scripts may call a model' })).toBeChecked();
});

test('the answer can go to fields with types', async () => {
  show({ upstreams: withUpstream });
  await addPrompt('Is {{capital}} right?');

  await userEvent.click(screen.getByText('Several fields'));
  await userEvent.selectOptions(screen.getByLabelText('Type'), 'True or false');

  expect(await script()).toHaveTextContent('"answer": {"type": "boolean"}');
  expect(await script()).toHaveTextContent('schema=SCHEMA');
});

test('a script that is edited by hand is an ordinary one, until the user goes back to the prompt', async () => {
  show({ upstreams: withUpstream });
  await addPrompt('Is {{capital}} right?');

  await userEvent.click(await script());
  await userEvent.paste('# by hand');

  expect(await screen.findByText(/so it is an ordinary script now/)).toBeInTheDocument();
  expect(screen.queryByRole('textbox', { name: 'Prompt of ask' })).not.toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Back to the prompt' }));
  expect(await screen.findByRole('textbox', { name: 'Prompt of ask' })).toHaveTextContent('right?');
  expect(await script()).not.toHaveTextContent('by hand');
});

test('the script of a saved prompt opens as a prompt again', async () => {
  const prompt = withTemplate(newPrompt('small'), 'Is {{capital}} right?', ['capital']);
  const main = { name: 'prompt.py', source: promptScript(prompt) };
  show({ upstreams: withUpstream, start: { ...blankDraft(), steps: [newStep([], { main }, 'ask')] } });

  await userEvent.click(screen.getByRole('button', { name: 'Edit the main script of ask' }));

  expect(await screen.findByRole('textbox', { name: 'Prompt of ask' })).toHaveTextContent(
    'Is {{capital}} right?',
  );
  expect(screen.getByLabelText('Model')).toHaveValue('small');
});

test('the preview shows the prompt of a record, and what the record lacks', async () => {
  server.use(
    http.get('*/api/v1/datasets/:id', () => HttpResponse.json(aDataset())),
    http.get('*/api/v1/datasets/:id/records', () =>
      HttpResponse.json(aWindow([{ country: 'Italy', n: 1.5 }, { country: null }])),
    ),
  );
  show({ upstreams: withUpstream, start: { ...blankDraft(), datasetId: 'd1' } });
  await addPrompt('Where is {{country}}?');
  await userEvent.selectOptions(
    screen.getByLabelText('Records without one of the fields'),
    'Are skipped, with the reason',
  );

  const preview = await screen.findByRole('region', { name: 'Preview of the prompt' });
  expect(preview).toHaveTextContent('Prompt for record 0Where is Italy?');
  await userEvent.click(within(preview).getByRole('button', { name: 'Preview the next record' }));

  expect(preview).toHaveTextContent('This record has no country. It will be skipped without a call.');
});

test('fields are inserted at the cursor by buttons', async () => {
  server.use(
    http.get('*/api/v1/datasets/:id', () => HttpResponse.json(aDataset())),
    http.get('*/api/v1/datasets/:id/records', () => HttpResponse.json(aWindow([{ country: 'Italy' }]))),
  );
  show({ upstreams: withUpstream, start: { ...blankDraft(), datasetId: 'd1' } });
  await addPrompt('Where is ');

  await userEvent.click(await screen.findByRole('button', { name: 'country' }));

  expect(screen.getByRole('textbox', { name: 'Prompt of ask' })).toHaveTextContent('Where is {{country}}');
});

test('a field that nobody knows is named', async () => {
  server.use(
    http.get('*/api/v1/datasets/:id', () => HttpResponse.json(aDataset())),
    http.get('*/api/v1/datasets/:id/records', () => HttpResponse.json(aWindow([{ country: 'Italy' }]))),
  );
  show({ upstreams: withUpstream, start: { ...blankDraft(), datasetId: 'd1' } });
  await screen.findByRole('button', { name: 'Add prompt step' });
  await addPrompt('Where is {{contry}}?');

  expect(await screen.findByText(/^contry: no field of this name is known/)).toBeInTheDocument();
});
