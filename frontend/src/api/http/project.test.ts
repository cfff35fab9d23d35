import { beforeEach, expect, test } from 'vitest';
import { chooseProject, chosenProject, keepChoiceAmong, projectHeaders } from './project';

beforeEach(() => localStorage.clear());

test('names the chosen project for lists and new things, and for nothing that has an id', () => {
  expect(projectHeaders('/api/v1/runs')).toEqual({});
  chooseProject('p1');
  expect(projectHeaders('/api/v1/runs')).toEqual({ 'X-Project': 'p1' });
  expect(projectHeaders('/api/v1/runs/{id}')).toEqual({});
});

test('chooses the first project where none or a lost one is chosen', () => {
  expect(keepChoiceAmong([{ id: 'p1' }, { id: 'p2' }])).toBe(true);
  expect(chosenProject()).toBe('p1');
  chooseProject('p2');
  expect(keepChoiceAmong([{ id: 'p1' }, { id: 'p2' }])).toBe(false);
  chooseProject('lost');
  expect(keepChoiceAmong([{ id: 'p1' }, { id: 'p2' }])).toBe(true);
  expect(chosenProject()).toBe('p1');
});

test('there is nothing to choose for a member of one project', () => {
  chooseProject('p1');
  expect(keepChoiceAmong([{ id: 'p1' }])).toBe(false);
  expect(chosenProject()).toBeNull();
});
