import { Anchor, Button, Group, NativeSelect, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { useLabelChange } from '@/api/labels';
import { useMorePages } from '@/api/paged-list';
import {
  pipelineQuery,
  pipelineVersionQuery,
  pipelineVersionsQuery,
  useDeletePipeline,
  useUpdatePackages,
} from '@/api/pipelines';
import type { SavedPipeline } from '@/api/types';
import { StepList } from '@/components/code/step-list';
import { ConfirmButton } from '@/components/feedback/confirm-button';
import { ProblemAlert } from '@/components/feedback/problem-alert';
import { QuerySection } from '@/components/feedback/query-section';
import { LabelButton } from '@/components/labels/label-dialog';
import { LabelLine } from '@/components/labels/label-line';
import { StarButton } from '@/components/labels/star-button';
import { PageHeading } from '@/components/page-heading';
import { Timestamp } from '@/components/timestamp';
import { paths } from '@/lib/paths';
import { modelCallsText } from './model-calls-text';
import { PackageDifference } from './package-difference';
import { VersionDifference } from './version-difference';
import { VersionPackages } from './version-packages';

export function PipelinePage() {
  const { id = '' } = useParams();
  const query = useQuery(pipelineQuery(id));
  return (
    <QuerySection name="The pipeline" query={query}>
      {(pipeline) => <PipelineView pipeline={pipeline} />}
    </QuerySection>
  );
}

function PipelineView({ pipeline }: { pipeline: SavedPipeline }) {
  const navigate = useNavigate();
  const remove = useDeletePipeline(pipeline.id, () => navigate(paths.pipelines));
  const label = useLabelChange('pipeline', pipeline.id);
  const update = useUpdatePackages(({ version }) =>
    navigate(paths.pipeline(pipeline.id, { version, against: pipeline.version })),
  );
  const refused = remove.error ?? update.error;
  return (
    <>
      <PageHeading title={pipeline.name}>
        <StarButton
          name={pipeline.name}
          starred={pipeline.starred}
          busy={label.isPending}
          onChange={(starred) => label.mutate({ starred })}
        />
        <LabelButton
          labels={pipeline}
          saving={label.isPending}
          error={label.error}
          onSave={(changes, onSaved) => label.mutate(changes, { onSuccess: onSaved })}
        />
        <Button component={Link} to={paths.newRun({ pipeline: pipeline.id })}>
          Run or edit
        </Button>
        {pipeline.environmentId != null && (
          <ConfirmButton
            question="Update the packages?"
            consequence="The same requirements are resolved again, and the result is saved as a new version. The versions of now stay as they are."
            verb="Save a new version"
            verbColor="blue"
            loading={update.isPending}
            onConfirm={() => update.mutate(pipeline)}
          >
            Update packages
          </ConfirmButton>
        )}
        <ConfirmButton
          question="Delete this pipeline?"
          consequence="All its versions are deleted for good. Runs keep their own copy of the pipeline."
          verb="Delete the pipeline"
          onConfirm={() => remove.mutate()}
        >
          Delete
        </ConfirmButton>
      </PageHeading>
      {refused !== null && <ProblemAlert error={refused} />}
      <Group gap="sm" mb="sm">
        <Anchor component={Link} to={paths.runsOf({ pipeline: pipeline.id })} size="sm">
          Runs of this pipeline
        </Anchor>
        <LabelLine tags={pipeline.tags} note={pipeline.note} />
      </Group>
      {pipeline.description && (
        <Text mb="sm" dir="auto">
          {pipeline.description}
        </Text>
      )}
      {pipeline.llm != null && (
        <Text size="sm" mb="sm">
          {modelCallsText(pipeline.llm)}
        </Text>
      )}
      <PipelineVersions pipeline={pipeline} />
    </>
  );
}

function PipelineVersions({ pipeline }: { pipeline: SavedPipeline }) {
  const [search, setSearch] = useSearchParams();
  const query = useInfiniteQuery(pipelineVersionsQuery(pipeline.id));
  const shownVersion = Number(search.get('version')) || pipeline.version;
  const against = Number(search.get('against')) || undefined;
  const oldestRead = query.data?.at(-1)?.version ?? 0;
  useMorePages(query, Math.min(shownVersion, against ?? shownVersion) < oldestRead);

  return (
    <QuerySection name="The versions" query={query}>
      {(versions) => {
        const shown = versions.find((one) => one.version === shownVersion) ?? versions[0];
        const other = versions.find((one) => one.version === against);
        if (shown === undefined) {
          return <StepList steps={pipeline.steps} />;
        }
        const choose = (version: number, compared: number | undefined) =>
          setSearch({ version: String(version), ...(compared ? { against: String(compared) } : {}) });
        return (
          <>
            <Group gap="sm" mb="sm" align="end">
              <NativeSelect
                size="xs"
                label="Version"
                value={shown.version}
                onChange={(event) => choose(Number(event.currentTarget.value), against)}
                data={versions.map((one) => ({
                  value: String(one.version),
                  label: `Version ${one.version}`,
                }))}
              />
              <NativeSelect
                size="xs"
                label="Compared with"
                value={other?.version ?? ''}
                onChange={(event) => choose(shown.version, Number(event.currentTarget.value) || undefined)}
                data={[
                  { value: '', label: 'No other version' },
                  ...versions
                    .filter((one) => one.version !== shown.version)
                    .map((one) => ({ value: String(one.version), label: `Version ${one.version}` })),
                ]}
              />
              {query.hasNextPage && (
                <Button
                  variant="default"
                  loading={query.isFetchingNextPage}
                  onClick={() => query.fetchNextPage()}
                >
                  Load older versions
                </Button>
              )}
              <Text size="sm" className="quiet" pb={6}>
                Saved <Timestamp at={shown.createdAt} />
              </Text>
            </Group>
            <VersionView id={pipeline.id} version={shown.version} against={other?.version} />
          </>
        );
      }}
    </QuerySection>
  );
}

type VersionViewProps = { id: string; version: number; against: number | undefined };

/** The scripts of a version, or what changed in them since another version. */
function VersionView({ id, version, against }: VersionViewProps) {
  const shown = useQuery(pipelineVersionQuery(id, version));
  const other = useQuery({ ...pipelineVersionQuery(id, against ?? version), enabled: against !== undefined });
  return (
    <QuerySection name="The version" query={shown}>
      {(pipeline) =>
        against === undefined ? (
          <>
            <VersionPackages pipeline={pipeline} />
            <StepList steps={pipeline.steps} />
          </>
        ) : (
          <QuerySection name="The other version" query={other}>
            {(before) => (
              <>
                <PackageDifference before={before} after={pipeline} />
                <VersionDifference before={before.steps} after={pipeline.steps} />
              </>
            )}
          </QuerySection>
        )
      }
    </QuerySection>
  );
}
