import { useLabelChange } from '@/api/labels';
import type { Run } from '@/api/types';
import { LabelButton } from '@/components/labels/label-dialog';
import { StarButton } from '@/components/labels/star-button';

/** The star of a run, and the dialog for its name, note and tags. */
export function RunLabels({ run }: { run: Run }) {
  const change = useLabelChange('run', run.id);
  return (
    <>
      <StarButton
        name={run.name}
        starred={run.starred}
        busy={change.isPending}
        onChange={(starred) => change.mutate({ starred })}
      />
      <LabelButton
        labels={run}
        saving={change.isPending}
        error={change.error}
        onSave={(changes, onSaved) => change.mutate(changes, { onSuccess: onSaved })}
      />
    </>
  );
}
