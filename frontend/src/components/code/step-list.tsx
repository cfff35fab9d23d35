import { Group, Stack, Text, Title } from '@mantine/core';
import { type Stage, stages } from '@/lib/stages';
import { CodeBlock } from './code-block';

type StepView = { name: string } & {
  [Name in Stage]?: { name: string; source: string } | null | undefined;
};

type StepListProps = {
  steps: StepView[];
  /** A script, as `<step>/<stage>`, and the line of it to highlight. */
  highlighted?: { place: string; line: number | undefined } | undefined;
};

/** The steps of a pipeline with their scripts, read-only. */
export function StepList({ steps, highlighted }: StepListProps) {
  return (
    <Stack gap="md">
      {steps.map((step, at) => (
        <section key={step.name} aria-label={`Step ${step.name}`}>
          <Title order={2} fz="md" mb={6} dir="auto">
            {at + 1}. {step.name}
          </Title>
          <Stack gap={8}>
            {stages.map((stage) => {
              const script = step[stage];
              return script == null ? null : (
                <div key={stage}>
                  <Group gap={8} mb={4}>
                    <Text size="sm" fw={600}>
                      {stage}
                    </Text>
                    <Text size="sm" className="mono quiet" dir="auto">
                      {script.name}
                    </Text>
                  </Group>
                  <CodeBlock
                    source={script.source}
                    label={`${stage} script of ${step.name}`}
                    highlightedLine={
                      highlighted?.place === `${step.name}/${stage}` ? highlighted.line : undefined
                    }
                  />
                </div>
              );
            })}
          </Stack>
        </section>
      ))}
    </Stack>
  );
}
