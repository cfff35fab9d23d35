import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import { aDataset } from '@/testing/builders';
import { server } from '@/testing/server';
import { dataset, renderBuilder, withOneDataset } from './builder-fixture';

withOneDataset();

test('shows the position and the lines of an invalid dataset', async () => {
  server.use(
    http.post('*/api/v1/datasets', () =>
      HttpResponse.json(
        {
          title: 'The dataset is not valid JSON',
          status: 400,
          detail: 'A value is missing.',
          position: { record: 1, line: 2, column: 8, byte: 18 },
        },
        { status: 400 },
      ),
    ),
  );
  renderBuilder('/new');
  const input = await screen.findByLabelText(/Drop a file here/);

  await userEvent.upload(
    input,
    new File(['[{"a": 1},\n {"b": }]'], 'bad.json', { type: 'application/json' }),
  );

  const alert = await screen.findByRole('alert');
  expect(alert).toHaveTextContent('The dataset is not valid JSON');
  expect(alert).toHaveTextContent('At line 2, column 8, record 1, byte 18');
  expect(within(alert).getByText('{"b": }]')).toBeInTheDocument();
});

test('an uploaded file becomes the dataset of the run', async () => {
  server.use(http.post('*/api/v1/datasets', () => HttpResponse.json(dataset, { status: 201 })));
  renderBuilder('/new');

  await userEvent.upload(
    await screen.findByLabelText(/Drop a file here/),
    new File(['[{"a": 1}]'], 'capitals.json', { type: 'application/json' }),
  );

  expect(await screen.findByRole('button', { name: 'Run 100 records' })).toBeInTheDocument();
});

test('offers the list inside a document and reads the file again', async () => {
  const document = aDataset({
    id: 'whole',
    name: 'places.json',
    records: 1,
    recordLists: [{ path: '/features', records: 1204 }],
    notes: ['The upload is one object.'],
  });
  const list = aDataset({ id: 'list', name: 'places.json', records: 1204, recordsPath: '/features' });
  let deleted: string | undefined;
  server.use(
    http.post('*/api/v1/datasets', ({ request }) =>
      HttpResponse.json(new URL(request.url).searchParams.has('records') ? list : document, { status: 201 }),
    ),
    http.delete('*/api/v1/datasets/:id', ({ params }) => {
      deleted = String(params.id);
      return new HttpResponse(null, { status: 204 });
    }),
  );
  renderBuilder('/new');

  await userEvent.upload(await screen.findByLabelText(/Drop a file here/), new File(['{}'], 'places.json'));
  expect(await screen.findByText('The upload is one object.')).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Use the 1,204 records in /features' }));

  expect(await screen.findByText('Read as JSON, records from /features')).toBeInTheDocument();
  await waitFor(() => expect(deleted).toBe('whole'));
});

test('shows the detected separator and accepts another one', async () => {
  const separators: (string | null)[] = [];
  server.use(
    http.post('*/api/v1/datasets', ({ request }) => {
      separators.push(new URL(request.url).searchParams.get('separator'));
      return HttpResponse.json(
        aDataset({ id: `d${separators.length}`, format: 'csv', separator: separators.at(-1) ?? ';' }),
        { status: 201 },
      );
    }),
    http.delete('*/api/v1/datasets/:id', () => new HttpResponse(null, { status: 204 })),
  );
  renderBuilder('/new');

  await userEvent.upload(await screen.findByLabelText(/Drop a file here/), new File(['a;b'], 'a.csv'));
  expect(await screen.findByText('Read as CSV, columns separated by semicolon')).toBeInTheDocument();
  await userEvent.selectOptions(screen.getByLabelText('Columns are separated by'), 'tab');

  expect(await screen.findByText('Read as CSV, columns separated by tab')).toBeInTheDocument();
  expect(separators).toEqual([null, '\t']);
});

test('offers the sheets of a workbook', async () => {
  const sheets: (string | null)[] = [];
  server.use(
    http.post('*/api/v1/datasets', ({ request }) => {
      sheets.push(new URL(request.url).searchParams.get('sheet'));
      const sheet = sheets.at(-1) ?? 'Orders';
      return HttpResponse.json(
        aDataset({ id: `d${sheets.length}`, format: 'excel', sheet, sheets: ['Orders', 'Returns'] }),
        { status: 201 },
      );
    }),
    http.delete('*/api/v1/datasets/:id', () => new HttpResponse(null, { status: 204 })),
  );
  renderBuilder('/new');

  await userEvent.upload(await screen.findByLabelText(/Drop a file here/), new File(['PK'], 'a.xlsx'));
  expect(await screen.findByText('Read as Excel workbook, sheet Orders')).toBeInTheDocument();
  await userEvent.selectOptions(screen.getByLabelText('Sheet'), 'Returns');

  expect(await screen.findByText('Read as Excel workbook, sheet Returns')).toBeInTheDocument();
  expect(sheets).toEqual([null, 'Returns']);
});

test('offers the files of an archive that has several', async () => {
  const members: (string | null)[] = [];
  server.use(
    http.post('*/api/v1/datasets', ({ request }) => {
      members.push(new URL(request.url).searchParams.get('member'));
      const problem = {
        title: 'Several files in an archive',
        status: 422,
        code: 'SEVERAL_MEMBERS',
        detail: 'The zip archive has several files.',
        errors: [
          { pointer: '', message: 'a.csv' },
          { pointer: '', message: 'b.csv' },
        ],
      };
      return members.length === 1
        ? HttpResponse.json(problem, { status: 422 })
        : HttpResponse.json(aDataset({ format: 'csv', separator: ',', member: 'b.csv' }), { status: 201 });
    }),
  );
  renderBuilder('/new');

  await userEvent.upload(await screen.findByLabelText(/Drop a file here/), new File(['PK'], 'a.zip'));
  await userEvent.click(await screen.findByRole('button', { name: 'Use the records in b.csv' }));

  expect(
    await screen.findByText('Read as CSV, columns separated by comma, from b.csv in the archive'),
  ).toBeInTheDocument();
  expect(members).toEqual([null, 'b.csv']);
});

test('offers the list of a document that is too large for one record', async () => {
  const paths: (string | null)[] = [];
  server.use(
    http.post('*/api/v1/datasets', ({ request }) => {
      paths.push(new URL(request.url).searchParams.get('records'));
      return HttpResponse.json(
        {
          title: 'Record too large',
          status: 413,
          code: 'RECORD_TOO_LARGE',
          errors: [{ pointer: '/features', message: 'a list of at least 900 objects' }],
        },
        { status: 413 },
      );
    }),
  );
  renderBuilder('/new');

  await userEvent.upload(await screen.findByLabelText(/Drop a file here/), new File(['{}'], 'a.json'));
  await userEvent.click(await screen.findByRole('button', { name: 'Use the records in /features' }));

  await waitFor(() => expect(paths).toEqual([null, '/features']));
});
