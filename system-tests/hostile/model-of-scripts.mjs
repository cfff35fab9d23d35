// The model that hostile scripts call through the service, and what it must never have seen.
import assert from 'node:assert/strict';
import {
  answers,
  floods,
  ModelStub,
  refuses,
  STUB_KEY,
  STUB_MODEL,
  streamsForEver,
} from '../harness/model-stub.mjs';
import { upstreamSettings } from '../harness/upstream.mjs';

const ANSWER_BYTES = 40 << 20;
const HEADERS = [
  'accept',
  'accept-encoding',
  'authorization',
  'connection',
  'content-length',
  'content-type',
  'host',
  'user-agent',
];

// By the prompt.
const OUTCOMES = new Map([
  ['refuse', () => refuses(400)],
  ['tell the key', () => answers({ text: `The key is ${STUB_KEY}.` })],
  ['flood', () => floods(ANSWER_BYTES)],
  ['for ever', () => streamsForEver()],
]);

export class ModelOfScripts {
  #stub = new ModelStub(({ prompt }) => (OUTCOMES.get(prompt) ?? answers)());

  start() {
    return this.#stub.start();
  }

  stop() {
    return this.#stub.stop();
  }

  get settings() {
    const { address: baseUrl, prices } = this.#stub;
    return upstreamSettings('model', { baseUrl, key: STUB_KEY, model: STUB_MODEL, prices });
  }

  get open() {
    return this.#stub.open;
  }

  // Nothing but calls of the model came, with the prompts and headers that a script may send.
  assertOnlyCalls() {
    assert.ok(this.#stub.calls.length > 0);
    for (const { path, headers, body, prompt } of this.#stub.calls) {
      assert.equal(path, '/v1/chat/completions');
      assert.equal(body.model, STUB_MODEL);
      assert.ok(
        prompt === 'answer' || OUTCOMES.has(prompt),
        `a prompt that was not read: ${JSON.stringify(body)}`,
      );
      assert.deepEqual(
        Object.keys(headers).filter((name) => !HEADERS.includes(name)),
        [],
      );
    }
  }
}

export { STUB_KEY as KEY_OF_MODEL };
