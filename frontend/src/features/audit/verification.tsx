import { Alert, Text } from '@mantine/core';
import type { AuditVerification } from '@/api/types';
import { formatCount, formatNumber } from '@/lib/format';

/** What came of the check of the audit log. */
export function Verification({ result }: { result: AuditVerification }) {
  if (!result.valid) {
    return (
      <Alert color="red" mb="sm" title="The audit log was changed">
        Entry {formatNumber(result.firstInvalid ?? 0)} is missing or is not as it was written. Entries before
        it are as they were.
      </Alert>
    );
  }
  return (
    <Alert color="green" mb="sm" title={`${formatCount(result.entries, 'entry', 'entries')} as written`}>
      Nothing was changed, removed or put in between.
      {result.removed > 0 &&
        ` Entries up to ${formatNumber(result.removed)} were removed because of their age.`}{' '}
      Keep the digest of entry {formatNumber(result.last)} elsewhere to prove later that the log was not
      written anew:
      <Text className="mono" size="sm" style={{ overflowWrap: 'anywhere' }}>
        {result.digest}
      </Text>
    </Alert>
  );
}
