import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { fieldMessage } from '@/lib/problems/problem-text';
import { ProblemAlert } from '../feedback/problem-alert';
import { Icon } from '../icon';

type Labels = { name: string; note?: string | null | undefined; tags: string[] };

type LabelButtonProps = {
  labels: Labels;
  saving: boolean;
  error: Error | null;
  /** Calls `onSaved` when the service has taken them. */
  onSave: (labels: { name: string; note: string; tags: string[] }, onSaved: () => void) => void;
};

/** A button that opens a dialog with the name, the note and the tags of an item. */
export function LabelButton(props: LabelButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" leftSection={<Icon name="edit" size={14} />} onClick={() => setOpen(true)}>
        Rename, note, tags
      </Button>
      <Modal.Root opened={open} onClose={() => setOpen(false)} size="md">
        <Modal.Overlay />
        <Modal.Content>
          <Modal.Body pt="md">{open && <LabelForm {...props} onClose={() => setOpen(false)} />}</Modal.Body>
        </Modal.Content>
      </Modal.Root>
    </>
  );
}

function LabelForm({ labels, saving, error, onSave, onClose }: LabelButtonProps & { onClose: () => void }) {
  const [name, setName] = useState(labels.name);
  const [note, setNote] = useState(labels.note ?? '');
  const [tags, setTags] = useState(labels.tags.join(', '));
  const messages = ['/name', '/note', '/tags'].map((pointer) => fieldMessage(error, pointer));
  const [nameError, noteError, tagsError] = messages;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSave({ name, note, tags: tagsIn(tags) }, onClose);
      }}
    >
      <Group justify="space-between" wrap="nowrap" mb="sm">
        <Modal.Title fw={600}>Rename, note, tags</Modal.Title>
        <Modal.CloseButton aria-label="Close" />
      </Group>
      <Stack gap="sm">
        <TextInput
          label="Name"
          data-autofocus
          value={name}
          error={nameError}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Textarea
          label="Note"
          size="xs"
          autosize
          minRows={3}
          maxRows={12}
          value={note}
          error={noteError}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <TextInput
          label="Tags"
          description="Separated by commas"
          value={tags}
          error={tagsError}
          onChange={(event) => setTags(event.currentTarget.value)}
        />
        {error !== null && messages.every((message) => message === undefined) && (
          <ProblemAlert error={error} />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={saving}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** `vat, 2026` as two tags. */
export function tagsIn(text: string): string[] {
  return [...new Set(text.split(',').map((tag) => tag.trim()))].filter((tag) => tag !== '');
}
