import { Button, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import { useLocation, useSearchParams } from 'react-router';
import type { Run } from '@/api/types';
import { recordFilterOf } from '../records/filter/record-filter';
import { DownloadForm } from './download-form';

/** Opens the dialog for downloads. On the page of records it begins with their filter. */
export function DownloadButton({ run }: { run: Run }) {
  const [isOpen, setOpen] = useState(false);
  const [search] = useSearchParams();
  const isOfRecords = /\/records(\/|$)/.test(useLocation().pathname);
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        Download
      </Button>
      <Modal.Root opened={isOpen} onClose={() => setOpen(false)} size="lg">
        <Modal.Overlay />
        <Modal.Content>
          <Modal.Body pt="md">
            {/* Modal.Header would render a header element, which looks like the header of the page to screen readers. */}
            <Group justify="space-between" wrap="nowrap" mb="sm">
              <Modal.Title fw={600}>Download results</Modal.Title>
              <Modal.CloseButton aria-label="Close" />
            </Group>
            <DownloadForm run={run} filter={isOfRecords ? recordFilterOf(search) : {}} />
          </Modal.Body>
        </Modal.Content>
      </Modal.Root>
    </>
  );
}
