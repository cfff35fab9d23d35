import {
  Checkbox,
  Group,
  NativeSelect,
  NumberInput,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import type { Dispatch } from 'react';
import type { Upstream, Upstreams } from '@/api/types';
import { formatMoney } from '@/lib/money';
import type { Draft } from '../draft/draft';
import type { DraftAction } from '../draft/draft-reducer';
import { allowsCalls, callingScripts, chosenUpstream, modelCallProblems } from '../draft/model-calls';
import classes from './model-calls-section.module.css';
import { ModelChoice } from './model-choice';

type ModelCallsSectionProps = {
  draft: Draft;
  upstreams: Upstreams;
  dispatch: Dispatch<DraftAction>;
  /** What the service says about a field of the options, by its pointer. */
  refusalAt: (pointer: string) => string | undefined;
};

/** What the scripts may call and spend. Without an upstream there is nothing to choose. */
export function ModelCallsSection({ draft, upstreams, dispatch, refusalAt }: ModelCallsSectionProps) {
  const isOn = allowsCalls(draft, upstreams.items);
  if (upstreams.items.length === 0 && !isOn) {
    return <NoUpstream scripts={callingScripts(draft.steps)} />;
  }
  return (
    <section className={classes.section} aria-labelledby="model-calls-heading">
      <Group justify="space-between" wrap="nowrap">
        <div>
          <Title order={3} fz="sm" id="model-calls-heading">
            Model calls
          </Title>
          {!isOn && (
            <Text size="xs" className="quiet">
              {offText(draft)}
            </Text>
          )}
        </div>
        <Switch
          aria-label="Scripts may call a model"
          checked={isOn}
          onChange={(event) =>
            dispatch({ type: 'model calls changed', modelCalls: { isOn: event.currentTarget.checked } })
          }
        />
      </Group>
      {isOn && (
        <ModelCallOptions draft={draft} upstreams={upstreams} dispatch={dispatch} refusalAt={refusalAt} />
      )}
    </section>
  );
}

function offText({ steps }: Draft): string {
  const [script] = callingScripts(steps);
  return script === undefined
    ? 'The scripts cannot call a model.'
    : `${script} calls a model, which will fail while this is off.`;
}

/** Shown only where it helps: to somebody whose script would fail without an upstream. */
function NoUpstream({ scripts: [script] }: { scripts: string[] }) {
  return script === undefined ? null : (
    <Text size="xs" className="quiet">
      {script} calls a model, but this service knows none. An administrator can add an upstream to its
      settings: see <span className="mono">docs/models.md</span>.
    </Text>
  );
}

function ModelCallOptions({ draft, upstreams, dispatch, refusalAt }: ModelCallsSectionProps) {
  const { modelCalls, options } = draft;
  const { items } = upstreams;
  const upstream = chosenUpstream(modelCalls, items);
  const problems = modelCallProblems(modelCalls);
  const change = (changed: Partial<Draft['modelCalls']>) =>
    dispatch({ type: 'model calls changed', modelCalls: changed });
  return (
    <Stack gap="sm" mt="xs">
      {(items.length !== 1 || upstream === undefined || refusalAt('/llm/upstream') !== undefined) && (
        <NativeSelect
          label="Upstream"
          value={modelCalls.upstream || (upstream?.name ?? '')}
          error={
            refusalAt('/llm/upstream') ??
            (upstream === undefined && 'The service does not know this upstream.')
          }
          onChange={(event) => change({ upstream: event.currentTarget.value, models: [] })}
          data={upstreamChoices(items, modelCalls.upstream)}
        />
      )}
      <ModelChoice
        upstream={upstream}
        models={modelCalls.models}
        error={refusalAt('/llm/models')}
        onChange={(models) => change({ models })}
      />
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
        {!upstream?.isFree && (
          <TextInput
            label="Budget, in dollars"
            leftSection="$"
            inputMode="decimal"
            placeholder={upstreams.runBudget}
            value={modelCalls.budget}
            error={problems.budget ?? refusalAt('/llm/budget')}
            onChange={(event) => change({ budget: event.currentTarget.value })}
          />
        )}
        <NumberInput
          label="Records at a time"
          title="Concurrent records per batch: so many records wait for the model at the same time"
          placeholder="1"
          min={1}
          allowDecimal={false}
          clampBehavior="none"
          value={options.recordConcurrency}
          onChange={(recordConcurrency) =>
            dispatch({ type: 'options changed', options: { recordConcurrency } })
          }
        />
        <NumberInput
          label="Max output tokens"
          title="For calls that set no limit themselves; 0 sets none"
          placeholder={noLimitIfZero(upstreams.defaultMaxOutputTokens)}
          min={0}
          allowDecimal={false}
          clampBehavior="none"
          value={modelCalls.maxOutputTokens}
          error={problems.maxOutputTokens ?? refusalAt('/llm/maxOutputTokens')}
          onChange={(maxOutputTokens) => change({ maxOutputTokens })}
        />
      </SimpleGrid>
      <Checkbox
        size="xs"
        label="Reuse answers to exactly the same requests of other runs"
        checked={modelCalls.cache === 'exact'}
        onChange={(event) => change({ cache: event.currentTarget.checked ? 'exact' : 'off' })}
      />
      <Text size="xs" className="quiet">
        {spendingText(upstream, upstreams)}
      </Text>
    </Stack>
  );
}

function spendingText(upstream: Upstream | undefined, { runBudget, trialBudget }: Upstreams): string {
  if (upstream?.isFree) {
    return `Calls go to ${upstream.name} at ${upstream.host} and cost nothing.`;
  }
  return `The run pauses when its budget is used up${
    Number(runBudget) > 0 ? `, ${formatMoney(runBudget)} unless you say otherwise` : ''
  }. A trial may spend ${formatMoney(trialBudget)}.`;
}

function upstreamChoices(upstreams: Upstream[], chosen: string) {
  const known = upstreams.map(({ name, host, isDefault }) => ({
    value: name,
    label: `${name}, ${host}${isDefault ? ' (default)' : ''}`,
  }));
  return chosen === '' || upstreams.some(({ name }) => name === chosen)
    ? known
    : [...known, { value: chosen, label: chosen }];
}

function noLimitIfZero(tokens: number): string {
  return tokens === 0 ? 'No limit' : String(tokens);
}
