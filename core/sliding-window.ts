/**
 * Activities of one workflow that are under way at a time: enough to keep the slots of many workers busy (the rest wait in the task
 * queue), few enough that a pause is soon heard.
 */
export const windowWidth = 16;

/**
 * Runs `work` on the items in their order, at most `width` at a time, and returns the results in that order.
 * The first failure is thrown once everything that runs has ended.
 * @param goOn looked at before each item but the first: when it says no, what runs ends, and the results of the items begun are returned
 */
export async function slidingWindow<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item, index: number) => Promise<Result>,
  goOn: () => boolean = () => true,
): Promise<Result[]> {
  const results: Result[] = [];
  const failures: unknown[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length && failures.length === 0 && (next === 0 || goOn())) {
      const index = next++;
      try {
        results[index] = await work(items[index]!, index);
      } catch (failure) {
        failures.push(failure);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
  if (failures.length > 0) throw failures[0];
  return results;
}
