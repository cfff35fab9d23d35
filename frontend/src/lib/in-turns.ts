const atOnce = 4;

/** Does something with every item, a few at a time; `work` must not fail. */
export async function inTurns<Item>(items: Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items];
  async function workOff(): Promise<void> {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      await work(item);
    }
  }
  await Promise.all(Array.from({ length: atOnce }, workOff));
}
