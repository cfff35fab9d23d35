/** A part that has so many times the average tells where in the input the records of a group are. */
const remarkable = 2.5;
const leastRecords = 5;

/** Whether the records of a group are more frequent in some parts of the input than chance explains. */
export function isUneven(spread: number[]): boolean {
  const records = spread.reduce((sum, count) => sum + count, 0);
  if (spread.length < 2 || records < leastRecords) {
    return false;
  }
  const average = records / spread.length;
  // Three standard deviations of a count that is spread by chance.
  const byChance = average + 3 * Math.sqrt(average);
  return Math.max(...spread) > Math.max(remarkable * average, byChance);
}
