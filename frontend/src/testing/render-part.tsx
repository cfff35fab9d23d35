import { MantineProvider } from '@mantine/core';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';

/** Draws a part that needs neither the address nor the service. */
export function renderPart(part: ReactNode) {
  return render(<MantineProvider env="test">{part}</MantineProvider>);
}
