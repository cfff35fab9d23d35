import { expect, test } from 'vitest';
import { linesOfRecord } from './log-lines';

test('returns the lines of one record only', () => {
  const log = '#1 one\n#11 eleven\n#1 again\n#1\n';

  expect(linesOfRecord(log, 1)).toEqual(['one', 'again']);
});
