// What a service is told of a model server, and money as its API writes it.
const DECIMALS = 12;

// Settings of a service that has this upstream as its default; prices are dollars for a million tokens, more what else is to be set.
export function upstreamSettings(name, { baseUrl, key, model, prices, more = {} }) {
  const settings = {
    'base-url': baseUrl,
    'api-key': key,
    default: 'true',
    models: model,
    [`prices."${model}".input`]: String(prices.input),
    [`prices."${model}".output`]: String(prices.output),
    ...more,
  };
  return Object.fromEntries(
    Object.entries(settings).map(([setting, value]) => [
      `datapipeline.llm.upstreams.${name}.${setting}`,
      value,
    ]),
  );
}

// Of 10^-12 dollars, exactly.
export function picodollars(text) {
  const [whole, fraction = ''] = text.split('.');
  return Number(whole + fraction.padEnd(DECIMALS, '0'));
}
