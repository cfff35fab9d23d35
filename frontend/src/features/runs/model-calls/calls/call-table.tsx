import { Table } from '@mantine/core';
import type { ModelCall, Run } from '@/api/types';
import { StateMark } from '@/components/state/state-mark';
import { Timestamp } from '@/components/timestamp';
import { formatBytes, formatDuration, formatNumber } from '@/lib/format';
import { formatMoney } from '@/lib/money';
import { CallRecordLink } from './call-record-link';
import { callStates } from './call-states';
import classes from './call-table.module.css';

/** One line per call. */
export function CallTable({ run, calls }: { run: Run; calls: ModelCall[] }) {
  return (
    <Table.ScrollContainer minWidth={980} type="native" className="panel" tabIndex={0}>
      <Table highlightOnHover className={`figures ${classes.table}`} aria-label="Calls">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Started</Table.Th>
            <Table.Th>Record</Table.Th>
            <Table.Th>Step</Table.Th>
            <Table.Th>Model</Table.Th>
            <Table.Th>Status</Table.Th>
            <Table.Th ta="right">Took</Table.Th>
            <Table.Th ta="right" title="For its turn in the rate limit; a part of what it took">
              Waited
            </Table.Th>
            <Table.Th ta="right" title="Tokens sent and received">
              Tokens
            </Table.Th>
            <Table.Th ta="right" title="Size of the request and of the answer">
              Size
            </Table.Th>
            <Table.Th ta="right">Cost</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {calls.map((call) => (
            <CallRow key={call.id} run={run} call={call} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function CallRow({ run, call }: { run: Run; call: ModelCall }) {
  return (
    <Table.Tr>
      <Table.Td>
        <Timestamp at={call.startedAt} />
      </Table.Td>
      <Table.Td>
        <CallRecordLink run={run} call={call} />
      </Table.Td>
      <Table.Td dir="auto">{call.step == null ? '' : `${call.step} · ${call.script}`}</Table.Td>
      <Table.Td className="mono">{call.model}</Table.Td>
      <Table.Td className={classes.status}>
        <CallStatusMark call={call} />
        {call.error && (
          <span className={classes.error} dir="auto" title={call.error}>
            {call.error}
          </span>
        )}
      </Table.Td>
      <Table.Td ta="right">{formatDuration(call.tookMillis)}</Table.Td>
      <Table.Td ta="right">{call.waitingMillis === 0 ? '' : formatDuration(call.waitingMillis)}</Table.Td>
      <Table.Td ta="right">
        {formatNumber(call.promptTokens)} → {formatNumber(call.completionTokens)}
      </Table.Td>
      <Table.Td ta="right">
        {formatBytes(call.requestBytes)} → {formatBytes(call.answerBytes)}
      </Table.Td>
      <Table.Td ta="right" title={`$${call.cost}`}>
        {formatMoney(call.cost)}
      </Table.Td>
    </Table.Tr>
  );
}

/** How a call ended, with the HTTP status of the upstream where that was an error. */
export function CallStatusMark({ call }: { call: ModelCall }) {
  const { label, state } = callStates[call.status];
  const httpStatus = call.httpStatus != null && call.httpStatus >= 400 ? ` ${call.httpStatus}` : '';
  return (
    <StateMark state={state}>
      {label}
      {httpStatus}
    </StateMark>
  );
}
