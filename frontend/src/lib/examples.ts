/**
 * The examples of the repository. The titles are part of the initial chunk; the files are loaded when an example is
 * opened.
 */

const readmes = import.meta.glob<string>('../../../examples/*/README.md', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const files = import.meta.glob<string>('../../../examples/*/*.{json,ndjson,csv,py}', {
  query: '?raw',
  import: 'default',
});

export type ExampleTitle = { id: string; title: string; summary: string };

export type Example = {
  id: string;
  datasetName: string;
  datasetText: string;
  definition: string;
  /** Source by file name. */
  scripts: Record<string, string>;
};

/**
 * The titles of the examples, in alphabetical order. Those that call a model are left out where there is none; their names
 * say that they do.
 */
export function exampleTitles({ withModels = false } = {}): ExampleTitle[] {
  return Object.entries(readmes)
    .map(([path, text]) => ({ id: folderOf(path), ...titleAndSummary(text) }))
    .filter(({ id }) => withModels || !id.endsWith('-model'))
    .sort((left, right) => left.id.localeCompare(right.id));
}

function titleAndSummary(readme: string): { title: string; summary: string } {
  const [heading = '', summary = ''] = readme.split(/\n\s*\n/);
  return {
    title: heading.replace(/^#\s*/, '').trim(),
    summary: firstSentence(summary.replace(/\s+/g, ' ').replaceAll('`', '')),
  };
}

function firstSentence(text: string): string {
  return /^.*?[.:](?=\s|$)/.exec(text)?.[0].replace(/:$/, '.') ?? text;
}

/** All files of an example; undefined when there is no example with this name. */
export async function loadExample(id: string): Promise<Example | undefined> {
  const own = Object.entries(files).filter(([path]) => folderOf(path) === id);
  const texts = Object.fromEntries(
    await Promise.all(
      own
        .filter(([path]) => !path.endsWith('/expected.json'))
        .map(async ([path, load]): Promise<[string, string]> => [fileOf(path), await load()]),
    ),
  );
  const datasetFile = Object.keys(texts).find((name) => name.startsWith('dataset.'));
  const definition = texts['pipeline.json'];
  if (definition === undefined || datasetFile === undefined) {
    return undefined;
  }
  return {
    id,
    datasetName: datasetFile.replace('dataset', id),
    datasetText: texts[datasetFile] ?? '',
    definition,
    scripts: Object.fromEntries(Object.entries(texts).filter(([name]) => name.endsWith('.py'))),
  };
}

function folderOf(path: string): string {
  return path.split('/').at(-2) ?? '';
}

function fileOf(path: string): string {
  return path.split('/').at(-1) ?? '';
}
