import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { renderPart } from '@/testing/render-part';
import { JsonTree } from './json-tree';

const value = { id: 7, address: { city: 'Rome', zip: null }, tags: ['a', 'b'] };
const rows = () => screen.getAllByRole('treeitem').map(({ textContent }) => textContent);

test('shows a value as rows, and folds them', async () => {
  renderPart(<JsonTree value={value} label="Record" />);
  expect(rows()).toEqual([
    'id: 7',
    'address: 2 fields',
    'city: "Rome"',
    'zip: null',
    'tags: 2 items',
    '0: "a"',
    '1: "b"',
  ]);

  await userEvent.click(screen.getByRole('button', { name: 'Fold all' }));

  expect(rows()).toEqual(['id: 7', 'address: {"city":"Rome","zip":null}2 fields', 'tags: ["a","b"]2 items']);
});

test('the arrow keys walk, fold and open', async () => {
  renderPart(<JsonTree value={value} label="Record" />);
  const chosen = () => screen.getByRole('treeitem', { selected: true }).textContent;
  await userEvent.tab();
  screen.getByRole('tree', { name: 'Record' }).focus();

  await userEvent.keyboard('{ArrowDown}{ArrowLeft}');
  expect(chosen()).toMatch(/^address: \{/);
  await userEvent.keyboard('{ArrowRight}{ArrowRight}');
  expect(chosen()).toBe('city: "Rome"');
  await userEvent.keyboard('{ArrowLeft}');
  expect(chosen()).toBe('address: 2 fields');
  await userEvent.keyboard('{End}');
  expect(chosen()).toBe('1: "b"');
});

test('copies the path and the value of what is chosen', async () => {
  const user = userEvent.setup();
  renderPart(<JsonTree value={value} label="Record" />);

  await user.click(screen.getByText('city'));
  await user.click(screen.getByRole('button', { name: 'Copy path' }));
  expect(await navigator.clipboard.readText()).toBe('record["address"]["city"]');
  await user.click(screen.getByRole('button', { name: 'Copy value' }));
  expect(await navigator.clipboard.readText()).toBe('Rome');
});

test('a search shows the places one after another', async () => {
  renderPart(<JsonTree value={{ ...value, city: 'Paris' }} label="Record" />);
  await userEvent.click(screen.getByRole('button', { name: 'Fold all' }));

  await userEvent.type(screen.getByLabelText('Search in the value'), 'CITY');

  expect(await screen.findByText('1 of 2')).toBeInTheDocument();
  expect(await screen.findByRole('treeitem', { selected: true })).toHaveTextContent('city: "Rome"');
  await userEvent.keyboard('{Enter}');
  expect(screen.getByText('2 of 2')).toBeInTheDocument();
  expect(screen.getByRole('treeitem', { selected: true })).toHaveTextContent('city: "Paris"');
});
