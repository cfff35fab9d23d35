// Identifiers and queries.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { section } from './documented.mjs';
import { ask } from './exchange.mjs';
import { finishedRun, remove } from './sound.mjs';

const NOBODY = '00000000-0000-0000-0000-000000000000';
const RUNS = '/api/v1/runs';
const BELOW_RUNS = [
  '',
  '/records',
  '/results',
  '/failures',
  '/skips',
  '/correlations?cause=0123456789abcdef',
  '/batches',
  '/batches/0',
  '/batches/0/log',
  '/batches/0/attempts',
];
const OF_NOBODY = [
  ...BELOW_RUNS.map((rest) => ['GET', RUNS, rest]),
  ['POST', RUNS, '/cancel'],
  ['POST', RUNS, '/retry'],
  ['DELETE', RUNS, ''],
  ['GET', '/api/v1/datasets', ''],
  ['GET', '/api/v1/datasets', '/records'],
  ['DELETE', '/api/v1/datasets', ''],
  ['GET', '/api/v1/pipelines', ''],
  ['GET', '/api/v1/pipelines', '/versions'],
  ['DELETE', '/api/v1/pipelines', ''],
  ['GET', '/get_result', ''],
];

section('Identifiers', (identifiers) => {
  let run;

  before(async () => {
    run = await finishedRun();
  });
  after(() => remove(run));

  const values = {
    nobody: NOBODY,
    'no UUID': 'x',
    number: '1',
    null: 'null',
    NUL: '%00',
    parent: '..%2f',
    passwd: '..%2f..%2fetc%2fpasswd',
    emoji: '%F0%9F%98%80',
    FF: '%ff',
    SQL: "'%20or%201=1",
    braces: '%7Bid%7D',
    long: 'x'.repeat(3_000),
    '36 characters': 'z'.repeat(36),
  };
  identifiers.refuses(
    'an id that does not exist or is none, under every address',
    '404 NOT_FOUND',
    ([method, path]) => ask(method, path, { headers: { 'Content-Type': 'application/json' } }),
    Object.fromEntries(
      Object.entries(values).flatMap(([name, id]) =>
        OF_NOBODY.map(([method, path, rest]) => [
          `${name}, ${method} ${path}/…${rest}`,
          [method, `${path}/${id}${rest}`],
        ]),
      ),
    ),
  );
  identifiers.refuses(
    'a batch that does not exist or is no number',
    '404 NOT_FOUND',
    (number) => ask('GET', `${RUNS}/${run.id}/batches/${number}`),
    {
      second: '1',
      negative: '-1',
      '2^31': '2147483648',
      '2^63': '9223372036854775808',
      text: 'x',
      half: '1.5',
      NUL: '%00',
      hexadecimal: '0x0',
    },
  );
});

section('Queries', (queries) => {
  let run;

  before(async () => {
    run = await finishedRun();
  });
  after(() => remove(run));

  const lists = () => [
    RUNS,
    '/api/v1/datasets',
    '/api/v1/pipelines',
    `${RUNS}/${run.id}/records`,
    `${RUNS}/${run.id}/batches`,
    `${RUNS}/${run.id}/results`,
  ];
  async function everywhere(query) {
    let refusal;
    for (const list of lists()) {
      refusal = await ask('GET', `${list}?${query}`);
      assert.equal(refusal.status, 400, list);
    }
    return refusal;
  }
  const namesIt = ({ detail }, name) => assert.match(detail, new RegExp(`"${name.split(' ')[0]}"`));
  queries.refuses(
    'a parameter that is unknown or stands twice, in any list',
    '400 INVALID_PARAMETER',
    everywhere,
    {
      page: 'page=-1',
      size: 'size=1e9',
      sort: 'sort=password',
      fields: 'fields=password',
      q: `q=${'x'.repeat(1_000)}`,
      'status twice': 'status=FAILED&status=FAILED',
    },
    namesIt,
  );
  queries.refuses(
    'a limit or offset that is no number in its range',
    '400 INVALID_PARAMETER',
    (query) => ask('GET', `${RUNS}/${run.id}/records?${query}`),
    {
      'limit zero': 'limit=0',
      'limit negative': 'limit=-1',
      'limit 1001': 'limit=1001',
      'limit 1e9': 'limit=1e9',
      'limit 2^31': 'limit=2147483648',
      'limit text': 'limit=x',
      'limit empty': 'limit=',
      'limit twice': 'limit=1&limit=2',
      'offset negative': 'offset=-1',
      'offset half': 'offset=1.5',
      'offset 2^63': 'offset=9223372036854775808',
      'offset other digits': 'offset=%EF%BC%91',
    },
    namesIt,
  );
  queries.refuses(
    'a status, format, packing, view or cursor that is none, such as %, _ or quotes',
    '400 INVALID_PARAMETER',
    (query) => ask('GET', query()),
    {
      'status %': () => `${RUNS}?status=%25`,
      'status _': () => `${RUNS}?status=_`,
      'status small': () => `${RUNS}?status=failed`,
      'status SQL': () => `${RUNS}?status='%20or%201=1`,
      'status NUL': () => `${RUNS}?status=%00`,
      'format xml': () => `${RUNS}/${run.id}/results?format=xml`,
      'packing rar': () => `${RUNS}/${run.id}/results?packing=rar`,
      'view all': () => `${RUNS}/${run.id}/results?view=all`,
      'cursor text': () => `${RUNS}?cursor=x`,
      'cursor long': () => `${RUNS}?cursor=${'A'.repeat(2_000)}`,
    },
    namesIt,
  );
  queries.refuses(
    'a search text, tag, star, hash, day, order or id that is none, in the lists of runs, datasets and pipelines',
    '400 INVALID_PARAMETER',
    (query) => ask('GET', `/api/v1/${query}`),
    {
      'q NUL': 'runs?q=%00',
      'q of datasets': `datasets?q=${'x'.repeat(201)}`,
      'q of pipelines': 'pipelines?q=a%0Ab',
      'tag NUL': 'runs?tag=%00',
      'starred yes': 'datasets?starred=yes',
      'sha256 short': 'datasets?sha256=abc',
      'sha256 quote': `datasets?sha256=${'%27'.repeat(64)}`,
      'since word': 'runs?since=yesterday',
      'since no day': 'runs?since=2026-02-30',
      'since without a zone': 'datasets?since=2026-02-01T10:00:00',
      'until year': 'runs?until=%2B999999999-01-01T00:00:00Z',
      'sort small': 'runs?sort=name',
      'sort of pipelines': 'pipelines?sort=MOST_RECORDS',
      'pipeline name': 'runs?pipeline=vat',
      'pipelineVersion one': 'runs/totals?pipelineVersion=one',
      'limit of sums': 'runs/totals?limit=1',
    },
    namesIt,
  );
  queries.refuses(
    'a cursor of another order, or a forged one',
    '400 INVALID_PARAMETER',
    (text) => ask('GET', `${RUNS}?sort=MOST_RECORDS&cursor=${Buffer.from(text).toString('base64url')}`),
    {
      'another order': `NEWEST\n${NOBODY}\n2026-11-30T10:00:00Z`,
      'no number': `MOST_RECORDS\n${NOBODY}\nmany`,
      'a number too long': `MOST_RECORDS\n${NOBODY}\n${'9'.repeat(30)}`,
      'no id': 'MOST_RECORDS\nx\n1',
      NUL: `MOST_RECORDS\n${NOBODY}\n1\0`,
    },
  );
  queries.answers(
    'a search text with %, _, quotes or a backslash',
    '200, taken as it is',
    async (text) => {
      for (const list of ['runs', 'datasets', 'pipelines']) {
        const { status, text: body } = await ask('GET', `/api/v1/${list}?q=${encodeURIComponent(text)}`);
        assert.deepEqual([status, JSON.parse(body).items], [200, []], list);
      }
    },
    { percent: '%nothing%', underline: '____nothing', quote: "' or '1'='1", backslash: '\\nothing' },
  );
  queries.refuses(
    'a bom, null or formulas that is none, or for another format than CSV and TSV',
    '400 INVALID_PARAMETER',
    (query) => ask('GET', `${RUNS}/${run.id}/results?${query}`),
    {
      'bom yes': 'format=csv&bom=yes',
      'bom twice': 'format=csv&bom=true&bom=true',
      'null comma': 'format=csv&null=a,b',
      'null quote': 'format=csv&null=%22',
      'null formula': 'format=csv&null==1',
      'null long': `format=csv&null=${'x'.repeat(21)}`,
      'null line': 'format=csv&null=%0A',
      'formulas none': 'format=csv&formulas=none',
      'bom of JSON': 'bom=true',
      'null of NDJSON': 'format=ndjson&null=NULL',
      'formulas of JSON': 'format=json&formulas=raw',
    },
    namesIt,
  );
  queries.refuses(
    'columns or fields of a download that are none, stand twice, or do not fit the view',
    '400 INVALID_PARAMETER',
    async (query) => {
      const estimate = await ask('GET', `${RUNS}/${run.id}/results/estimate?${query}`);
      assert.equal(estimate.status, 400, estimate.text);
      return ask('GET', `${RUNS}/${run.id}/results?${query}`);
    },
    {
      'columns unknown': 'columns=index,password',
      'columns twice': 'columns=index,index',
      'columns comma': 'columns=index,',
      'columns blank': 'columns=index,%20raw',
      'columns NUL': 'columns=%00',
      'view with columns': 'columns=index&view=final',
      'field alone': 'field=a',
      'field often': `columns=index&${'field=a&'.repeat(201)}`,
      'status pending': 'status=PENDING',
    },
    namesIt,
  );
  queries.refuses(
    'correlations of no group, or of a cause and a reason at a time',
    '400 INVALID_PARAMETER',
    (query) => ask('GET', `${RUNS}/${run.id}/correlations${query}`),
    { neither: '', both: '?cause=a&reason=b', empty: '?cause=&reason=' },
  );
  queries.answers(
    'correlations or records of a cause or reason that is none',
    '200, nothing',
    async (query) => {
      for (const list of ['correlations', 'records']) {
        const { status, text } = await ask('GET', `${RUNS}/${run.id}/${list}?${query}`);
        assert.deepEqual([status, JSON.parse(text).items], [200, []], list);
      }
    },
    {
      'cause text': 'cause=x',
      'cause NUL': 'cause=%00',
      'cause SQL': "cause='%20or%201=1",
      'reason text': 'reason=x',
      'reason NUL': 'reason=%00',
      'reason long': `reason=${'a'.repeat(1_000)}`,
    },
  );
  queries.refuses(
    'an order that is none or without sortBy, a sortBy with from or of more than 1,000 characters',
    '400 INVALID_PARAMETER',
    (query) => ask('GET', `${RUNS}/${run.id}/records?${query}`),
    {
      'order up': 'sortBy=a&order=up',
      'order capital': 'sortBy=a&order=DESC',
      'order alone': 'order=asc',
      'from with it': 'sortBy=a&from=1',
      'sortBy long': `sortBy=${'a'.repeat(1_001)}`,
      'sortBy twice': 'sortBy=a&sortBy=b',
    },
    namesIt,
  );
  queries.answers(
    'a sortBy of a field that no record has',
    '200, the order of the input',
    async (name) => {
      const records = async (query) =>
        JSON.parse((await ask('GET', `${RUNS}/${run.id}/records${query}`)).text);
      const { items, total, nextFrom } = await records(`?order=desc&sortBy=${name}`);
      const { items: unsorted } = await records('');
      assert.deepEqual([items, total, nextFrom], [unsorted, unsorted.length, null]);
    },
    { text: 'nowhere', NUL: '%00', emoji: '%F0%9F%98%80', dots: '..%2f..', SQL: "a'%20or%201=1" },
  );
  queries.answers(
    'an empty columns or sortBy',
    '200, as without it',
    async (query) => {
      const { status, text } = await ask('GET', `${RUNS}/${run.id}/${query}`);
      const without = await ask('GET', `${RUNS}/${run.id}/${query.replace(/\?.*/u, '')}`);
      assert.deepEqual([status, text], [200, without.text]);
    },
    { columns: 'results?columns=', sortBy: 'records?sortBy=' },
  );
  queries.answers(
    'a comparison with a field that no record has',
    '200, no changed records',
    async (field) => {
      const { status, text } = await ask('GET', `${RUNS}/${run.id}/comparison?with=${run.id}&field=${field}`);
      assert.deepEqual([status, JSON.parse(text).changed], [200, { records: 0, indexes: [] }]);
    },
    { text: 'nowhere', empty: '', NUL: '%00', emoji: '%F0%9F%98%80' },
  );
  queries.answers(
    'an offset beyond the end',
    '200, no items',
    async (offset) => {
      const { status, text } = await ask('GET', `${RUNS}/${run.id}/records?offset=${offset}`);
      assert.deepEqual([status, JSON.parse(text).items], [200, []]);
    },
    { 'just so': 1, '2^63 - 1': '9223372036854775807' },
  );
});
