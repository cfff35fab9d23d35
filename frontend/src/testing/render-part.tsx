import { MantineProvider } from '@mantine/core';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';

/** Renders a component that needs neither a router nor a query client. */
export function renderPart(part: ReactNode) {
  return render(<MantineProvider env="test">{part}</MantineProvider>);
}
