import { setupServer } from 'msw/node';

/** Stands for the service in unit tests; each test says what it answers. */
export const server = setupServer();
