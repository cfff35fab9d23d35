import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useResumeRun } from '@/api/run-changes';
import type { Run, RunModelCalls } from '@/api/types';
import { ProblemAlert } from '@/components/feedback/problem-alert';
import { formatMoney, isAmount } from '@/lib/money';
import { fieldMessage } from '@/lib/problems/problem-text';
import { UpstreamCheckLine } from '../upstream-check-line';
import { type PauseReason, pauseAdvice, pauseCauses } from './pause';
import { projectionOf, suggestedBudget } from './projection';
import classes from './resume-dialog.module.css';

type ResumeDialogProps = { run: Run; llm: RunModelCalls; reason: PauseReason; onClose: () => void };

/** Asks for what a paused run needs to go on: a larger budget, or an upstream that accepts the key. */
export function ResumeDialog({ run, llm, reason, onClose }: ResumeDialogProps) {
  const needsBudget = reason === 'BUDGET';
  const [budget, setBudget] = useState(() => (needsBudget ? suggestedBudget(llm) : ''));
  const resume = useResumeRun(run.id, onClose);
  const refused = resume.error === null ? undefined : fieldMessage(resume.error, '/budget');
  const problem = (needsBudget ? budgetProblem(budget, llm) : undefined) ?? refused;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!needsBudget || budgetProblem(budget, llm) === undefined) {
      resume.mutate(needsBudget ? { budget: budget.trim() } : {});
    }
  }

  return (
    <Modal.Root opened onClose={onClose} size="md">
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body pt="md">
          {/* Modal.Header would render a header element, which looks like the header of the page to screen readers. */}
          <Group justify="space-between" wrap="nowrap" mb="sm">
            <Modal.Title fw={600}>Resume this run?</Modal.Title>
            <Modal.CloseButton aria-label="Close" />
          </Group>
          <form onSubmit={submit}>
            <Stack gap="sm">
              <Text size="sm">
                {pauseCauses[reason]}. {pauseAdvice[reason]}
              </Text>
              <BudgetFacts run={run} llm={llm} />
              {needsBudget ? (
                <TextInput
                  label="New budget, in dollars"
                  description="For the whole run, what is spent included"
                  leftSection="$"
                  inputMode="decimal"
                  maw={260}
                  data-autofocus
                  value={budget}
                  error={problem}
                  onChange={(event) => {
                    setBudget(event.currentTarget.value);
                    resume.reset();
                  }}
                />
              ) : (
                <UpstreamCheckLine upstream={llm.upstream} />
              )}
              {resume.error !== null && refused === undefined && <ProblemAlert error={resume.error} />}
              <Group justify="flex-end">
                <Button variant="default" onClick={onClose}>
                  Not now
                </Button>
                <Button type="submit" loading={resume.isPending} data-autofocus={!needsBudget || undefined}>
                  {needsBudget && isAmount(budget) ? `Resume with ${formatMoney(budget.trim())}` : 'Resume'}
                </Button>
              </Group>
            </Stack>
          </form>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function BudgetFacts({ run, llm }: { run: Run; llm: RunModelCalls }) {
  const projection = projectionOf(run, llm);
  const facts = [
    { name: 'Spent', value: ofBudget(llm) },
    Number(llm.unsettled) > 0 && { name: 'Unsettled, may be billed', value: formatMoney(llm.unsettled) },
    llm.needed != null && { name: 'Next call needs up to', value: formatMoney(llm.needed) },
    projection !== undefined && { name: 'Whole run', value: projection.text },
  ].filter((fact) => fact !== false);
  return (
    <dl className={`figures ${classes.facts}`}>
      {facts.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function ofBudget({ spent, budget }: RunModelCalls): string {
  return budget == null ? formatMoney(spent) : `${formatMoney(spent)} of ${formatMoney(budget)}`;
}

function budgetProblem(text: string, llm: RunModelCalls): string | undefined {
  if (!isAmount(text)) {
    return 'Enter an amount in dollars, such as 5 or 0.50.';
  }
  const bound = Number(llm.spent) + Number(llm.unsettled);
  return Number(text) > bound
    ? undefined
    : `Enter more than the ${formatMoney(bound)} that are spent already.`;
}
