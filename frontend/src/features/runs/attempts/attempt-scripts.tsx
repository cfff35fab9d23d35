import { Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { stepsOfAttemptQuery } from '@/api/runs';
import type { Run } from '@/api/types';
import { ScriptChanges } from '@/components/code/script-changes';
import { StepList } from '@/components/code/step-list';
import { QuerySection } from '@/components/feedback/query-section';
import { changedScripts } from '@/lib/changed-scripts';

/** The scripts of an earlier attempt at a run, and what is different in them now. */
export function AttemptScripts({ run, number }: { run: Run; number: number }) {
  const query = useQuery(stepsOfAttemptQuery(run.id, number));
  return (
    <QuerySection name={`The scripts of attempt ${number}`} query={query}>
      {(steps) => {
        const changes = changedScripts(steps, run.pipeline.steps);
        return (
          <Stack gap="md">
            <section aria-labelledby="changes-heading">
              <Title order={2} fz="md" mb={4} id="changes-heading">
                From attempt {number} to attempt {run.retries + 1}
              </Title>
              {changes.length === 0 ? (
                <Text size="sm" className="quiet">
                  Both have the same scripts.
                </Text>
              ) : (
                <ScriptChanges changes={changes} />
              )}
            </section>
            <section aria-labelledby="scripts-heading">
              <Title order={2} fz="md" mb={4} id="scripts-heading">
                Scripts of attempt {number}
              </Title>
              <StepList steps={steps} />
            </section>
          </Stack>
        );
      }}
    </QuerySection>
  );
}
