import { setupServer } from 'msw/node';

/** The mock service of the unit tests; each test defines its answers. */
export const server = setupServer();
