import { Table } from '@mantine/core';
import type { RunRecord } from '@/api/types';
import { StateMark } from '@/components/state/state-mark';
import { cellText } from '@/lib/values/cell-text';
import { type JsonObject, sameJson } from '@/lib/values/exact-json';
import { fieldNames, lastValue } from '@/lib/values/record';
import classes from './trial-table.module.css';

const maxColumns = 30;

/** The results of a trial as a table, those fields first that the scripts made or changed. */
export function TrialTable({ records, titleAt }: { records: RunRecord[]; titleAt: (at: number) => string }) {
  const values = records.map(lastValue);
  const names = fieldNames(values);
  const isTouched = (name: string) => records.some((record, at) => isChanged(record.raw, values[at], name));
  const shown = [...names.filter(isTouched), ...names.filter((name) => !isTouched(name))].slice(
    0,
    maxColumns,
  );
  return (
    <section className={classes.scroll} aria-label="Results as a table" tabIndex={0}>
      <Table withColumnBorders verticalSpacing={3} className="figures">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Record</Table.Th>
            <Table.Th>State</Table.Th>
            {shown.map((name) => (
              <Table.Th key={name} dir="auto" className={classes.cell}>
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {records.map((record, at) => (
            <Table.Tr key={titleAt(at)}>
              <Table.Td className="quiet">{titleAt(at)}</Table.Td>
              <Table.Td>
                <StateMark state={record.status} />
              </Table.Td>
              {shown.map((name) => (
                <Table.Td
                  key={name}
                  className={classes.cell}
                  dir="auto"
                  data-changed={isChanged(record.raw, values[at], name) || undefined}
                  title={changeText(record.raw, values[at], name)}
                >
                  {cellText(own(values[at], name))}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {names.length > shown.length && (
        <p className="quiet">{names.length - shown.length} more fields: open a record to see them.</p>
      )}
    </section>
  );
}

function own(record: JsonObject | undefined, name: string) {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}

function isChanged(before: JsonObject, after: JsonObject | undefined, name: string): boolean {
  const [left, right] = [own(before, name), own(after, name)];
  return left === undefined || right === undefined ? left !== right : !sameJson(left, right);
}

function changeText(before: JsonObject, after: JsonObject | undefined, name: string): string | undefined {
  if (!isChanged(before, after, name)) {
    return undefined;
  }
  const left = own(before, name);
  return left === undefined ? 'New' : `Before: ${cellText(left)}`;
}
