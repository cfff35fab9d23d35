// Holds a record against what its script says must come of it.
import assert from 'node:assert/strict';

const LONGEST_TYPE = 200;
const LONGEST_MESSAGE_BYTES = 8192;
const UNHARMED = { outcomes: ['SUCCEEDED'], text: '', answers: new Map() };

export function assertRecord(record, { outcomes, text, answers } = UNHARMED) {
  const outcome = record.status === 'FAILED' ? record.error.type : record.status;
  const told = `record ${record.index}: ${outcome} ${record.error?.message.slice(0, 200) ?? ''}`;
  assert.ok(
    outcomes.some((expected) => outcome === expected || isCutTo(outcome, expected)),
    `${told}, expected ${outcomes.join(' or ')}`,
  );
  if (record.status === 'FAILED') {
    assertNamesPlaceAndReason(record.error, text);
  } else {
    assertAnswers(record, answers);
  }
}

// Names of types are cut as well, which only a script meets that makes such.
function isCutTo(outcome, expected) {
  return outcome.startsWith(expected) && outcome.endsWith('characters)') && outcome.length <= LONGEST_TYPE;
}

function assertNamesPlaceAndReason(error, text) {
  // Of a batch that broke the protocol nothing is believed, so nobody knows where.
  const place = error.type === 'PROTOCOL_VIOLATION' ? [null, null] : ['attack', 'main'];
  assert.deepEqual([error.step, error.stage], place);
  assert.ok(error.message.includes(text), `"${text}" in ${error.message.slice(0, 200)}`);
  assert.ok(Buffer.byteLength(error.message) <= LONGEST_MESSAGE_BYTES, 'the message is bounded');
}

// What the script was not to change is unchanged, and every attempt ended as stated.
function assertAnswers(record, answers) {
  const { answers: found = {}, seen, ...value } = record.stages.at(-1).value;
  assert.deepEqual(value, record.raw);
  assert.deepEqual(Object.keys(found).sort(), [...answers.keys()].sort());
  for (const [name, outcomes] of answers) {
    // Half a surrogate pair is written as JSON writes it.
    const outcome = JSON.stringify(found[name]).slice(1, -1);
    assert.ok(outcomes.includes(outcome), `${name}: ${outcome}, expected ${outcomes.join(' or ')}`);
  }
}
