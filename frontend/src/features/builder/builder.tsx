import { Group, SegmentedControl, Switch, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useReducer, useState } from 'react';
import { noUpstreams, upstreamsQuery } from '@/api/model-calls';
import { SectionBoundary } from '@/components/feedback/section-boundary';
import { readStored, writeStored } from '@/lib/local-storage';
import { fieldMessage } from '@/lib/problems/problem-text';
import classes from './builder.module.css';
import { DataPanel } from './data/data-panel';
import { type DeepLink, type OpenScript, scriptToOpen } from './draft/deep-link';
import type { Draft } from './draft/draft';
import { draftReducer } from './draft/draft-reducer';
import { dearestAnswer, type ModelCallsDraft, modelOptions } from './draft/model-calls';
import { useDraftStorage } from './draft/use-draft-storage';
import { useDraftEnvironment } from './packages/use-draft-environment';
import { RunBar } from './run/run-bar';
import type { Origin } from './run/use-retry';
import { StepsPanel } from './steps/steps-panel';
import { useScriptChecks } from './steps/use-script-checks';
import type { TrialChoice } from './trial/trial';
import { trialFailures } from './trial/trial-failures';
import { TrialPanel } from './trial/trial-panel';
import { useTrial } from './trial/use-trial';

/** Whether the data stand below, so that the editor has their room; in this browser. */
const wideKey = 'wide editor';

type Panel = 'data' | 'steps' | 'try';

/** What the service said of a run, and the options that it was about. */
type Refusal = { error: Error; modelCalls: ModelCallsDraft };

type BuilderProps = {
  start: Draft;
  storageKey: string;
  notice: ReactNode;
  /** The script and records that the address asks for. */
  deepLink: DeepLink;
  /** The run that the draft comes from and can retry. */
  origin: Origin | undefined;
};

/** The columns data, steps and trial; on a narrow screen one of them at a time. */
export function Builder({ start, storageKey, notice, deepLink, origin }: BuilderProps) {
  const [draft, dispatch] = useReducer(draftReducer, start);
  const [wide, setWide] = useState(() => readStored<boolean>(wideKey) ?? false);
  const [panel, setPanel] = useState<Panel>(firstPanel(start, deepLink));
  const [openScript, setOpenScript] = useState<OpenScript | undefined>(() => scriptToOpen(start, deepLink));
  const storage = useDraftStorage(storageKey, draft, start);
  const checks = useScriptChecks(draft.steps);
  const { data: upstreams = noUpstreams } = useQuery(upstreamsQuery());
  const llm = modelOptions(draft, upstreams.items);
  const packages = useDraftEnvironment(draft);
  const trial = useTrial(draft, llm);
  const [refusal, setRefusal] = useState<Refusal>();
  // What the service refused is shown until it is changed.
  const refusalAt = (pointer: string) =>
    [
      refusal?.modelCalls === draft.modelCalls && fieldMessage(refusal.error, pointer),
      fieldMessage(trial.error, pointer),
    ].find((message) => typeof message === 'string') || undefined;

  return (
    <div className={classes.page}>
      <Title order={1} className={classes.hiddenTitle}>
        New run
      </Title>
      <Group gap="xs" justify="space-between">
        <div>{notice}</div>
        <Switch
          className={classes.wideSwitch}
          size="xs"
          label="Wide editor"
          checked={wide}
          onChange={(event) => {
            writeStored(wideKey, event.currentTarget.checked);
            setWide(event.currentTarget.checked);
          }}
        />
      </Group>
      <SegmentedControl
        className={classes.switch}
        fullWidth
        aria-label="Builder column"
        value={panel}
        onChange={(value) => setPanel(value as Panel)}
        data={[
          { value: 'data', label: 'Data' },
          { value: 'steps', label: 'Steps' },
          { value: 'try', label: 'Try it' },
        ]}
      />
      <div className={classes.columns} data-panel={panel} data-wide={wide || undefined}>
        <section className={`panel ${classes.column}`} data-column="data" aria-label="Data">
          <SectionBoundary name="The dataset">
            <DataPanel datasetId={draft.datasetId} dispatch={dispatch} />
          </SectionBoundary>
        </section>
        <section className={`panel ${classes.column}`} data-column="steps" aria-label="Steps">
          <SectionBoundary name="The steps">
            <StepsPanel
              draft={draft}
              dispatch={dispatch}
              checks={checks}
              openScript={openScript}
              onOpenScript={setOpenScript}
              upstreams={upstreams}
              llm={llm}
              packages={packages}
              trial={trial.data}
              failures={trialFailures(trial.isStale ? undefined : trial.data)}
              refusalAt={refusalAt}
            />
          </SectionBoundary>
        </section>
        <section className={`panel ${classes.column}`} data-column="try" aria-label="Try it">
          <SectionBoundary name="The trial">
            <TrialPanel
              draft={draft}
              trial={trial}
              environment={packages.environment}
              means={{
                budget: Number(draft.modelCalls.budget.trim() || upstreams.runBudget),
                reserve: dearestAnswer(draft.modelCalls, upstreams),
              }}
              firstChoice={firstChoiceOf(deepLink)}
              dispatch={dispatch}
              onBudget={(budget) => dispatch({ type: 'model calls changed', modelCalls: { budget } })}
              onBatchSize={(batchSize) => dispatch({ type: 'options changed', options: { batchSize } })}
              onOpenScript={(place) => {
                setPanel('steps');
                setOpenScript(place);
              }}
            />
          </SectionBoundary>
        </section>
      </div>
      <RunBar
        draft={draft}
        llm={llm}
        dispatch={dispatch}
        checks={checks}
        origin={origin}
        isCorrection={deepLink.records.length > 0}
        onSubmitted={storage.discard}
        onRefused={(error) => setRefusal({ error, modelCalls: draft.modelCalls })}
      />
    </div>
  );
}

/** What the address asks to try. */
function firstChoiceOf({ records, hasSample }: DeepLink): TrialChoice | undefined {
  if (hasSample) {
    return { kind: 'samples' };
  }
  return records.length > 0 ? { kind: 'chosen', indexes: records } : undefined;
}

/** The column that a narrow screen shows first. */
function firstPanel(start: Draft, { hasSample }: DeepLink): Panel {
  if (hasSample) {
    return 'try';
  }
  return start.datasetId === undefined ? 'data' : 'steps';
}
