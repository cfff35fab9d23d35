// What a number must reach, and what it should.

export function atMost(must, aim, unit) {
  return promise('≤', (value, limit) => value <= limit, must, aim, unit);
}

export function atLeast(must, aim, unit) {
  return promise('≥', (value, limit) => value >= limit, must, aim, unit);
}

function promise(sign, reaches, must, aim, unit) {
  const text = (limit) => (limit === undefined ? '' : `${sign} ${unit(limit)}`);
  return {
    must: text(must),
    aim: text(aim),
    // "aim", "must" or "missed"
    judge(value) {
      if (aim !== undefined && reaches(value, aim)) {
        return 'aim';
      }
      return reaches(value, must) ? 'must' : 'missed';
    },
  };
}
