import { Button, Menu } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { Icon } from '../icon';

type CopyMenuProps = {
  /** The texts that can be copied, by what they are. They are made when they are asked for. */
  texts: { label: string; text: () => string }[];
};

const millisecondsShown = 2000;

/** A menu of texts for a terminal or a program. */
export function CopyMenu({ texts }: CopyMenuProps) {
  const clipboard = useClipboard({ timeout: millisecondsShown });
  return (
    <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button variant="default" rightSection={<Icon name="chevron" size={12} />}>
          {clipboard.copied ? 'Copied' : 'Copy as code'}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {texts.map(({ label, text }) => (
          <Menu.Item key={label} onClick={() => clipboard.copy(text())}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
