import { expect, test } from 'vitest';
import type { State } from '@/lib/states';
import { renderPart } from '@/testing/render-part';
import { StateMark } from './state-mark';

test('final states and running differ in shape, not in colour alone', () => {
  const states: State[] = ['RUNNING', 'SUCCEEDED', 'PARTIAL', 'FAILED', 'SKIPPED', 'CANCELLED', 'QUEUED'];

  const shapes = states.map((state) => {
    const { container } = renderPart(<StateMark state={state} />);
    return container.querySelector('svg')?.innerHTML.replace(/class="[^"]*"/g, '');
  });

  expect(new Set(shapes).size).toBe(states.length);
});

test('shows the label of the state unless it is given other words', () => {
  expect(renderPart(<StateMark state="PARTIAL" />).container).toHaveTextContent('Partial');
  expect(renderPart(<StateMark state="QUEUED">Returned to queue</StateMark>).container).toHaveTextContent(
    'Returned to queue',
  );
});
