// Measured numbers as a person reads them: seconds, bytes and bytes per second go in, text comes out.

export function seconds(value) {
  return `${value.toFixed(2)} s`;
}

export function milliseconds(value) {
  return `${significant(value * 1000)} ms`;
}

export function megabytes(value) {
  return value >= 1e9 ? `${significant(value / 1e9)} GB` : `${Math.round(value / 1e6)} MB`;
}

export function bytesPerSecond(value) {
  return `${Math.round(value / 1e6)} MB/s`;
}

export function callsPerSecond(value) {
  return `${Math.round(value)} a second`;
}

export function percent(value) {
  return `${significant(value * 100)} %`;
}

export function ratio(value) {
  return `${significant(value)} ×`;
}

export function count(value) {
  return String(Number(value.toPrecision(3)));
}

// Three digits that say something.
function significant(value) {
  return Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}
