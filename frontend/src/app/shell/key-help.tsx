import { Kbd, Modal, Table } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useState } from 'react';

const command = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl';

const keys: { where: string; keys: string[]; what: string }[] = [
  { where: 'Everywhere', keys: ['/'], what: 'Go to the search of the page' },
  { where: 'Everywhere', keys: ['?'], what: 'Show these keys' },
  { where: 'Everywhere', keys: ['Esc'], what: 'Close what is open' },
  { where: 'Records of a run', keys: ['J'], what: 'Next record' },
  { where: 'Records of a run', keys: ['K'], what: 'Previous record' },
  { where: 'Records of a run', keys: ['F'], what: 'Next failed record' },
  { where: 'New run', keys: [command, 'Enter'], what: 'Try the scripts' },
  { where: 'New run', keys: [command, 'Shift', 'Enter'], what: 'Start the run' },
  { where: 'Editor', keys: [command, 'F'], what: 'Find in the script' },
  { where: 'Editor', keys: [command, 'Space'], what: 'Complete a name or a key of the record' },
  { where: 'Editor', keys: ['Esc', 'Tab'], what: 'Leave the editor, one after the other' },
];

/** Lists the keys of the page when `?` is pressed; `/` goes to the search. */
export function KeyHelp() {
  const [open, setOpen] = useState(false);
  useHotkeys([
    ['shift+?', () => setOpen(true)],
    ['?', () => setOpen(true)],
    ['/', focusSearch],
  ]);
  return (
    <Modal.Root opened={open} onClose={() => setOpen(false)} size="md">
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body pt="md">
          <div style={{ display: 'flex', justifyContent: 'space-between', marginBottom: 8 }}>
            <Modal.Title fw={600}>Keys</Modal.Title>
            <Modal.CloseButton aria-label="Close" />
          </div>
          <Table>
            <Table.Tbody>
              {keys.map((key, at) => (
                <Table.Tr key={key.what}>
                  <Table.Td className="quiet">{key.where === keys[at - 1]?.where ? '' : key.where}</Table.Td>
                  <Table.Td style={{ whiteSpace: 'nowrap' }}>
                    {key.keys.map((name) => (
                      <Kbd key={name} size="xs" mr={4}>
                        {name}
                      </Kbd>
                    ))}
                  </Table.Td>
                  <Table.Td>{key.what}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

/** The first search field of the page that is shown. */
function focusSearch() {
  const fields = document.querySelectorAll<HTMLInputElement>('main input[type="search"]');
  [...fields].find((field) => field.offsetParent !== null || field.getClientRects().length > 0)?.focus();
}
