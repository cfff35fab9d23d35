// What an index, or what a package says of others, can try: H125 to H133 of docs/security.md.
import assert from 'node:assert/strict';
import { PackageIndex, pathOf } from '../harness/package-index.mjs';
import { Wheel } from '../harness/wheel.mjs';

const BYTES_OF_A_PIECE = 64 << 10;
const VERSIONS_OF_A_MAZE = 40;
const HTML = { 'Content-Type': 'text/html' };

export const HOSTILE_INDEXES = [
  {
    name: 'H125: a wheel of other bytes than the index says',
    attempt: async (attacked) => {
      const wheel = wheelOf('other_bytes');
      attacked.index.project('other-bytes', { wheel, entry: { hashes: { sha256: '0'.repeat(64) } } });
      await attacked.refusesPackages(
        'HASH_MISMATCH',
        /has the SHA-256 [0-9a-f]{64}, and 0{64} was expected/,
        ['other-bytes'],
      );
    },
  },
  {
    name: 'H126: a wheel that never ends',
    attempt: async (attacked) => {
      const endless = wheelOf('endless_wheel');
      attacked.index.project('endless-wheel', endless);
      attacked.index.on(`/files/${endless.filename}`, (_, response) => flood(response));
      await attacked.refusesPackages('WHEEL_REFUSED', /is larger than \d+ bytes/, ['endless-wheel']);
    },
  },
  {
    name: 'H127: a page that never ends',
    attempt: async (attacked) => {
      attacked.index.on(pathOf('endless-page'), (_, response) => flood(response.writeHead(200, HTML)));
      await attacked.waitsForIndex(['endless-page'], /its page is larger than 64 MB/);
    },
  },
  {
    name: 'H128: redirects to the metadata of a cloud, to files, and in a circle',
    attempt: (attacked) =>
      Promise.all(
        [
          ['http://169.254.169.254/latest/meta-data/', /at an address where no index may be/],
          ['file:///etc/passwd', /sends to an address that is not followed/],
          [pathOf('redirect-2'), /sends from one address to the next/],
        ].map(([location, reason], number) => {
          attacked.index.on(pathOf(`redirect-${number}`), (_, response) =>
            response.writeHead(302, { Location: location }).end(),
          );
          return attacked.waitsForIndex([`redirect-${number}`], reason);
        }),
      ),
  },
  {
    name: 'H129: a requirement by an address, of a file or of the index',
    attempt: async (attacked) => {
      const addresses = ['file:///etc/passwd', `${attacked.index.origin}/bait/bait-1.0-py3-none-any.whl`];
      await Promise.all(
        addresses.map((address, number) =>
          attacked.refuses(
            'PACKAGE_BY_URL',
            new RegExp(`requires (bait|another one) by the address ${address.replaceAll('.', '[.]')}`),
            wheelOf(`by_url_${number}`, `bait @ ${address}`),
          ),
        ),
      );
      assert.deepEqual(attacked.index.asked('/bait'), []);
    },
  },
  {
    name: 'H130: sources, whose `setup.py` would run',
    attempt: async (attacked) => {
      const filename = 'only_sources-1.0.tar.gz';
      const file = { filename, url: `../../files/${filename}`, hashes: { sha256: '0'.repeat(64) } };
      attacked.index.page('only-sources', [{ ...file, 'upload-time': '2020-01-01T00:00:00Z' }]);
      await attacked.refusesPackages(
        'PACKAGE_HAS_NO_WHEEL',
        /only only_sources-1\.0\.tar\.gz\. Build a wheel/,
        ['only-sources'],
      );
      assert.deepEqual(attacked.index.asked(`/files/${filename}`), []);
    },
  },
  {
    name: 'H131: a newer package of a private name in the general index',
    attempt: async (attacked) => {
      attacked.ownIndex.project('acme-tools', wheelOf('acme_tools'));
      attacked.index.project(
        'acme-tools',
        new Wheel('acme_tools', '99.0').with('acme_tools.py', 'raise SystemExit'),
      );
      const run = await attacked.run(
        ['acme-tools'],
        'import acme_tools\ndef transform(record):\n    return record\n',
      );
      assert.equal(run.status, 'SUCCEEDED', run.statusReason);
      assert.deepEqual(run.environment.packages, [{ name: 'acme-tools', version: '1.0' }]);

      attacked.index.project('acme-closed', wheelOf('acme_closed'));
      attacked.ownIndex.on(pathOf('acme-closed'), (_, response) => response.writeHead(401).end());
      await attacked.waitsForIndex(
        ['acme-closed'],
        /does not accept the username and password of the settings/,
      );
      assert.deepEqual(attacked.index.asked('/simple/acme-'), []);
    },
  },
  {
    name: 'H132: a redirect that asks for the password of another index',
    attempt: async (attacked) => {
      const collector = new PackageIndex();
      await collector.start();
      try {
        const wheel = wheelOf('acme_moved');
        attacked.ownIndex.project('acme-moved', wheel);
        collector.project('acme-moved', wheel);
        attacked.ownIndex.on(`/files/${wheel.filename}`, ({ url }, response) =>
          response.writeHead(302, { Location: `${collector.origin}${url}` }).end(),
        );
        const run = await attacked.run(
          ['acme-moved'],
          'import acme_moved\ndef transform(record):\n    return record\n',
        );
        assert.equal(run.status, 'SUCCEEDED', run.statusReason);
        assert.ok(attacked.ownIndex.requests.every(({ headers }) => headers.authorization));
        assert.equal(collector.requests.length, 1);
        assert.equal(collector.requests[0].headers.authorization, undefined);
      } finally {
        await collector.stop();
      }
    },
  },
  {
    name: 'H133: versions among which pip searches without end',
    attempt: async (attacked) => {
      maze(attacked.index);
      const id = await attacked.submit(
        ['maze-a', 'maze-b'],
        'import json\ndef transform(record):\n    return record\n',
      );
      await attacked.succeeding('beside_the_maze', [wheelOf('beside_the_maze')]);
      const run = await attacked.client.waitUntilFinal(id);
      assert.match(run.statusReason, /^(ENVIRONMENT_TIMEOUT|PACKAGES_CONFLICT): /);
    },
  },
];

function wheelOf(name, ...requires) {
  return new Wheel(name, '1.0', { requires }).with(`${name}.py`, '');
}

// Each of many versions of two packages wants another version of a third one.
function maze(index) {
  const versions = Array.from({ length: VERSIONS_OF_A_MAZE }, (_, number) => `${number + 1}.0`);
  const wanting = (name, offset) =>
    versions.map((version, number) =>
      new Wheel(name, version, { requires: [`maze-c==${2 * number + offset}.0`, 'maze-d'] }).with(
        `${name}.py`,
        '',
      ),
    );
  index.project('maze-a', ...wanting('maze_a', 1));
  index.project('maze-b', ...wanting('maze_b', 2));
  index.project(
    'maze-c',
    ...Array.from({ length: 2 * VERSIONS_OF_A_MAZE + 2 }, (_, number) =>
      new Wheel('maze_c', `${number}.0`).with('maze_c.py', ''),
    ),
  );
  index.project('maze-d', ...versions.map((version) => new Wheel('maze_d', version).with('maze_d.py', '')));
}

// As fast as it is taken, until the other side leaves.
function flood(response) {
  const piece = Buffer.alloc(BYTES_OF_A_PIECE, ' ');
  const write = () => response.write(piece, (failure) => failure ?? write());
  write();
}
