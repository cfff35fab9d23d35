import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { renderPart } from '@/testing/render-part';
import { StepList } from './step-list';

const script = (name: string) => ({ name, source: `# ${name}\nreturn record` });
const steps = [
  { name: 'clean', pre: script('pre.py'), main: script('main.py'), post: null },
  { name: 'check', main: script('check.py') },
];

test('shows the scripts of every step in the order in which they run', () => {
  renderPart(<StepList steps={steps} />);

  expect(screen.getAllByRole('heading').map((heading) => heading.textContent)).toEqual([
    '1. clean',
    '2. check',
  ]);
  const clean = within(screen.getByRole('region', { name: 'Step clean' }));
  expect(clean.getByRole('region', { name: 'pre script of clean' })).toBeInTheDocument();
  expect(clean.queryByRole('region', { name: 'post script of clean' })).not.toBeInTheDocument();
});

test('highlights the line of one script only', () => {
  const { container } = renderPart(<StepList steps={steps} highlighted={{ place: 'check/main', line: 2 }} />);

  const highlighted = container.querySelectorAll('[data-highlighted]');
  expect(highlighted).toHaveLength(1);
  expect(screen.getByRole('region', { name: 'main script of check' })).toContainElement(
    highlighted[0] as HTMLElement,
  );
});
