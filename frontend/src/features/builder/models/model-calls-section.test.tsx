import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useReducer } from 'react';
import { expect, test } from 'vitest';
import type { Upstream } from '@/api/types';
import { anUpstream } from '@/testing/builders';
import { renderPart } from '@/testing/render-part';
import { blankDraft, type Draft, newStep } from '../draft/draft';
import { draftReducer } from '../draft/draft-reducer';
import { modelOptions } from '../draft/model-calls';
import { ModelCallsSection } from './model-calls-section';

type SectionProps = { items: Upstream[]; source?: string; refusals?: Record<string, string> };

function Section({ items, source = 'x = 1', refusals = {} }: SectionProps) {
  const [draft, dispatch] = useReducer(draftReducer, source, draftWith);
  return (
    <>
      <ModelCallsSection
        draft={draft}
        upstreams={{ items, runBudget: '1.00', trialBudget: '0.10', defaultMaxOutputTokens: 4096 }}
        dispatch={dispatch}
        refusalAt={(pointer) => refusals[pointer]}
      />
      <output>{JSON.stringify(modelOptions(draft, items) ?? 'off')}</output>
    </>
  );
}

function draftWith(source: string): Draft {
  return { ...blankDraft(), steps: [newStep([], { main: { name: 'ask.py', source } })] };
}

const request = () => JSON.parse(screen.getByRole('status', { name: '' }).textContent ?? '');

test('without an upstream nothing is shown, unless a script needs one', () => {
  const { container, unmount } = renderPart(<Section items={[]} />);
  expect(container).not.toHaveTextContent('Model calls');
  unmount();

  renderPart(<Section items={[]} source="import openai" />);
  expect(screen.getByText(/ask.py calls a model, but this service knows none/)).toBeInTheDocument();
});

test('is off until a script calls a model or the user turns it on', async () => {
  renderPart(<Section items={[anUpstream()]} />);
  expect(request()).toBe('off');

  await userEvent.click(screen.getByRole('switch', { name: 'Scripts may call a model' }));
  expect(request()).toEqual({});
});

test('says which script will fail when it is off', async () => {
  renderPart(<Section items={[anUpstream()]} source="from datapipeline import chat" />);
  expect(request()).toEqual({});

  await userEvent.click(screen.getByRole('switch'));
  expect(screen.getByText('ask.py calls a model, which will fail while this is off.')).toBeInTheDocument();
});

test('every option becomes a part of the request', async () => {
  renderPart(<Section items={[anUpstream(), anUpstream({ name: 'local', isDefault: false })]} />);
  await userEvent.click(screen.getByRole('switch'));

  await userEvent.selectOptions(screen.getByLabelText('Upstream'), 'local');
  await userEvent.click(screen.getByRole('checkbox', { name: 'large' }));
  await userEvent.type(screen.getByLabelText('Budget, in dollars'), '2.50');
  await userEvent.type(screen.getByLabelText('Max output tokens'), '300');
  await userEvent.click(screen.getByRole('checkbox', { name: /^Reuse answers/ }));

  expect(request()).toEqual({
    upstream: 'local',
    models: ['large'],
    budget: '2.50',
    maxOutputTokens: 300,
    cache: 'exact',
  });
});

test('names of models are typed where the upstream lists none', async () => {
  renderPart(<Section items={[anUpstream({ models: [] })]} />);
  await userEvent.click(screen.getByRole('switch'));

  await userEvent.type(screen.getByLabelText('Models'), 'small, large, small');

  expect(request()).toEqual({ models: ['small', 'large'] });
});

test('an upstream that costs nothing needs no budget', async () => {
  renderPart(<Section items={[anUpstream({ isFree: true })]} />);
  await userEvent.click(screen.getByRole('switch'));

  expect(screen.queryByLabelText('Budget, in dollars')).not.toBeInTheDocument();
  expect(screen.getByText(/cost nothing/)).toBeInTheDocument();
});

test('what the service refuses is shown at its field', async () => {
  const refusals = { '/llm/budget': 'must be at most 100', '/llm/models': 'openai does not allow tiny' };
  renderPart(<Section items={[anUpstream()]} source="import openai" refusals={refusals} />);

  expect(screen.getByLabelText('Budget, in dollars')).toBeInvalid();
  expect(screen.getByText('must be at most 100')).toBeInTheDocument();
  expect(screen.getByText('openai does not allow tiny')).toBeInTheDocument();
});
