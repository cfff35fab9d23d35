import { Button, type ButtonProps, Group, Modal, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';

type ConfirmButtonProps = ButtonProps & {
  children: ReactNode;
  question: string;
  consequence: string;
  verb: string;
  verbColor?: string;
  /** Why it is not possible now; shown in place of the question. */
  refusal?: ReactNode;
  onConfirm: () => void;
};

/** A button that asks for confirmation first. The focus returns to it afterwards. */
export function ConfirmButton({
  children,
  question,
  consequence,
  verb,
  verbColor = 'red',
  refusal,
  onConfirm,
  ...button
}: ConfirmButtonProps) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button variant="default" {...button} onClick={() => setAsking(true)}>
        {children}
      </Button>
      <Modal.Root opened={asking} onClose={() => setAsking(false)} size="sm">
        <Modal.Overlay />
        <Modal.Content>
          <Modal.Body pt="md">
            {/* Modal.Header would render a header element, which looks like the header of the page to screen readers. */}
            <Group justify="space-between" wrap="nowrap" mb="sm">
              <Modal.Title fw={600}>{question}</Modal.Title>
              <Modal.CloseButton aria-label="Close" />
            </Group>
            {refusal ?? <Text size="sm">{consequence}</Text>}
            <Group justify="flex-end" mt="md">
              <Button variant="default" onClick={() => setAsking(false)}>
                {refusal === undefined ? 'Cancel' : 'Close'}
              </Button>
              {refusal === undefined && (
                <Button
                  color={verbColor}
                  data-autofocus
                  onClick={() => {
                    setAsking(false);
                    onConfirm();
                  }}
                >
                  {verb}
                </Button>
              )}
            </Group>
          </Modal.Body>
        </Modal.Content>
      </Modal.Root>
    </>
  );
}
