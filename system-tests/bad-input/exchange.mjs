// Sends bytes to a service as they are, since a client library would put right what these tests send wrong.
import { Buffer } from 'node:buffer';
import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';

const { hostname, port } = new URL(process.env.SERVICE_ADDRESS);
const LONGEST_ANSWER_MS = 30_000;
const END_OF_HEAD = '\r\n\r\n';

// A whole request on a connection of its own; the headers Host, Content-Length and Connection are added unless given.
// Body is text or bytes. Returns the answer, see exchange().
export function ask(method, path, { headers = {}, body = '' } = {}) {
  const content = Buffer.from(body);
  const length =
    content.length > 0 || ['POST', 'PUT'].includes(method) ? { 'Content-Length': content.length } : {};
  const lines = Object.entries({ Host: `${hostname}:${port}`, Connection: 'close', ...length, ...headers });
  const head = `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
  return exchange([Buffer.from(head, 'latin1'), content]);
}

// Sends the pieces one after the other and reads until the service closes the connection, or until it has been silent for
// `patience` milliseconds where it is right that it waits for more. Returns {status, headers, text, milliseconds, received}, the
// first three undefined where there was no answer; received is all that came.
export function exchange(pieces, { patience = LONGEST_ANSWER_MS, isHalfClosed = false } = {}) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const received = [];
    const socket = connect({ host: hostname, port, allowHalfOpen: true });
    const end = () => {
      socket.destroy();
      resolve({ ...read(Buffer.concat(received)), milliseconds: performance.now() - started });
    };
    socket.setTimeout(patience, () =>
      patience < LONGEST_ANSWER_MS ? end() : reject(new Error(`no end of the answer within ${patience} ms`)),
    );
    socket.on('data', (piece) => received.push(piece));
    socket.on('end', end);
    // Whoever is refused in the middle of an upload may be cut off while it still sends; what came before that counts.
    socket.on('error', end);
    for (const piece of pieces) {
      socket.write(piece);
    }
    if (isHalfClosed) {
      socket.end();
    }
  });
}

function read(bytes) {
  const received = bytes.toString('latin1');
  const end = received.indexOf(END_OF_HEAD);
  if (end < 0) {
    return { received };
  }
  const [first, ...lines] = received.slice(0, end).split('\r\n');
  const headers = new Headers(
    lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const rest = bytes.subarray(end + END_OF_HEAD.length);
  const content =
    headers.get('transfer-encoding') === 'chunked'
      ? unchunk(rest)
      : rest.subarray(0, Number(headers.get('content-length') ?? rest.length));
  return { status: Number(first.split(' ')[1]), headers, text: content.toString(), received };
}

function unchunk(bytes) {
  const pieces = [];
  for (let at = 0; ; ) {
    const lineEnd = bytes.indexOf('\r\n', at);
    const length = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    if (lineEnd < 0 || !(length > 0)) {
      return Buffer.concat(pieces);
    }
    pieces.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + length));
    at = lineEnd + 2 + length + 2;
  }
}

// Text and bytes go as they are.
export function json(method, path, document) {
  return ask(method, path, {
    headers: { 'Content-Type': 'application/json' },
    body: isText(document) ? document : JSON.stringify(document),
  });
}

function isText(document) {
  return typeof document === 'string' || Buffer.isBuffer(document);
}
