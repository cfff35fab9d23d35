import { Table } from '@mantine/core';
import { cellText } from '@/lib/values/cell-text';
import type { JsonObject } from '@/lib/values/exact-json';
import { fieldNames } from '@/lib/values/record';
import classes from './value-table.module.css';

const maxColumns = 30;

/** Records as a table of their fields, in order of first appearance. */
export function ValueTable({ records, firstIndex = 0 }: { records: JsonObject[]; firstIndex?: number }) {
  const names = fieldNames(records);
  const shown = names.slice(0, maxColumns);
  return (
    <section className={classes.scroll} aria-label="Records as a table" tabIndex={0}>
      <Table stickyHeader withColumnBorders verticalSpacing={3} className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th ta="right">#</Table.Th>
            {shown.map((name) => (
              <Table.Th key={name} dir="auto" className={classes.cell}>
                {name}
              </Table.Th>
            ))}
            {names.length > shown.length && <Table.Th>{names.length - shown.length} more fields</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {records.map((record, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: records are identified by their position
            <Table.Tr key={firstIndex + at}>
              <Table.Td ta="right" className="figures quiet">
                {firstIndex + at}
              </Table.Td>
              {shown.map((name) => (
                <Table.Td key={name} className={classes.cell} dir="auto">
                  {cellText(Object.hasOwn(record, name) ? record[name] : undefined)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
