import { Box, Table } from '@mantine/core';
import { formatNumber, percentOf } from '@/lib/format';

type Field = { name: string; types: string[]; present: number };

/** The fields of a dataset: their names, the JSON types seen, and the share of records that have them. */
export function FieldSummary({ fields, records }: { fields: Field[]; records: number }) {
  return (
    <Box component="section" mah={300} style={{ overflow: 'auto' }} aria-label="Fields" tabIndex={0}>
      <Table layout="fixed" stickyHeader verticalSpacing={2} horizontalSpacing={4} fz="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Field</Table.Th>
            <Table.Th w="34%">Type</Table.Th>
            <Table.Th w={64} ta="right">
              Present
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {fields.map((field) => (
            <Table.Tr key={field.name}>
              <Table.Td className="mono cut" title={field.name} dir="auto">
                {field.name}
              </Table.Td>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{field.types.join(', ')}</Table.Td>
              <Table.Td ta="right" className="figures" title={`${formatNumber(field.present)} records`}>
                {percentOf(field.present, records)}%
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Box>
  );
}
