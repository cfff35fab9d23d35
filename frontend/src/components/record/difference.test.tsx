import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { renderPart } from '@/testing/render-part';
import { Difference } from './difference';

test('shows what changed, and the unchanged fields on demand', async () => {
  renderPart(
    <Difference before={{ id: 1, name: 'a', old: true }} after={{ id: 1, name: 'A', grade: 'high' }} />,
  );

  expect(screen.getByTitle('changed').parentElement).toHaveTextContent('name');
  expect(screen.getByTitle('removed').parentElement).toHaveTextContent('old');
  expect(screen.getByTitle('added').parentElement).toHaveTextContent('grade');
  expect(screen.queryByText('id')).not.toBeInTheDocument();

  await userEvent.click(screen.getByText('Show 1 unchanged field'));
  expect(screen.getByText('id')).toBeInTheDocument();
  await userEvent.click(screen.getByText('Hide 1 unchanged field'));
  expect(screen.queryByText('id')).not.toBeInTheDocument();
});

test('says when nothing changed', () => {
  renderPart(<Difference before={{ id: 1 }} after={{ id: 1 }} />);

  expect(screen.getByText('No changes.')).toBeInTheDocument();
});

test('shows the first two hundred of many changes, the others on demand', async () => {
  const after = Object.fromEntries(Array.from({ length: 201 }, (_, at) => [`field-${at}`, at]));
  renderPart(<Difference before={{}} after={after} />);
  expect(screen.queryByText('field-200')).not.toBeInTheDocument();

  await userEvent.click(screen.getByText('Show all 201 fields'));

  expect(screen.getByText('field-200')).toBeInTheDocument();
});
