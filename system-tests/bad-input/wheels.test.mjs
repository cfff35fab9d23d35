// Wheels that are uploaded and are none.
import { Buffer } from 'node:buffer';
import { section } from './documented.mjs';
import { ask } from './exchange.mjs';

const NAME = 'acme_tools-1.0-py3-none-any.whl';
const EMPTY_ZIP = Buffer.concat([Buffer.from('PK\u0005\u0006', 'latin1'), Buffer.alloc(18)]);

function upload(body, filename) {
  const query = filename === undefined ? '' : `?filename=${encodeURIComponent(filename)}`;
  return ask('POST', `/api/v1/wheels${query}`, { headers: { 'Content-Type': 'application/zip' }, body });
}

section('Wheels', (wheels) => {
  wheels.refuses(
    'bytes that are no zip file, or a zip file without a wheel in it',
    '422 WHEEL_REFUSED',
    ([body, filename]) => upload(body, filename),
    {
      nothing: [''],
      'nothing with a name': ['', NAME],
      text: ['text'],
      'text with a name': ['text', NAME],
      'zeros of 100 KB': [Buffer.alloc(100 * 1024), NAME],
      'an empty zip': [EMPTY_ZIP],
      'an empty zip with a name': [EMPTY_ZIP, NAME],
      'a zip that is cut off': [EMPTY_ZIP.subarray(0, 21)],
    },
  );
  wheels.refuses(
    'a file name that is not one of a wheel, or a path',
    '422 WHEEL_REFUSED',
    (filename) => upload(EMPTY_ZIP, filename),
    {
      'too short': 'acme.whl',
      'without a version': 'acme_tools-py3-none-any.whl',
      'a path': `../../${NAME}`,
      'a path of another system': `..\\${NAME}`,
      'a control character': `acme\u0000${NAME}`,
      long: `${'a'.repeat(300)}-1.0-py3-none-any.whl`,
    },
  );
  wheels.refuses(
    'a wheel that does not exist',
    '404 NOT_FOUND',
    (hash) => ask('DELETE', `/api/v1/wheels/${hash}`),
    { 'a hash': '0'.repeat(64), 'no hash': 'x', 'a path': '..%2F..%2Fdatasets' },
  );
});
