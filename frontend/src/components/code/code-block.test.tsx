import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { renderPart } from '@/testing/render-part';
import { CodeBlock } from './code-block';

test('numbers the lines of an excerpt and highlights one of them', () => {
  renderPart(
    <CodeBlock
      source={'{"a": 1},\n{"a": }'}
      label="Lines around the error"
      firstLine={41}
      highlightedLine={42}
      language="text"
    />,
  );

  const block = screen.getByRole('region', { name: 'Lines around the error' });
  expect(block).toHaveTextContent('41{"a": 1},42{"a": }');
  expect(block.querySelector('[data-highlighted]')).toHaveTextContent('42{"a": }');
});

test('colours Python once the parser is loaded', async () => {
  renderPart(<CodeBlock source="return None" label="Script" />);

  await waitFor(() => expect(screen.getByText('return')).toHaveAttribute('data-kind', 'keyword'));
});
