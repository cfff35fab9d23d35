import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { renderPart } from '@/testing/render-part';
import { CopyResults } from './copy-results';

test('copies a command for the results, and says so', async () => {
  const user = userEvent.setup();
  renderPart(<CopyResults id="r1" />);
  await user.click(screen.getByRole('button', { name: 'Copy as code' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Results with curl' }));

  expect(await screen.findByRole('button', { name: 'Copied' })).toBeInTheDocument();
  expect(await navigator.clipboard.readText()).toBe(
    `curl -fsS '${window.location.origin}/api/v1/runs/r1/results?format=json&view=final'`,
  );
});
