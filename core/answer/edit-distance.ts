/**
 * Edits that make one text of the other: a letter put in, left out, changed, or changed places with its neighbour (optimal string
 * alignment; L. Boytsov, "Indexing methods for approximate dictionary searching", 2011). Above `most` any larger number comes back.
 */
export function editDistance(a: string, b: string, most = Infinity): number {
  const [left, right] = [[...a], [...b]];
  if (Math.abs(left.length - right.length) > most) return Infinity;
  let before: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row += 1) {
    const now = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1];
      let least = Math.min(last[column]! + 1, now[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1));
      const turned =
        row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (turned) least = Math.min(least, before[column - 2]! + 1);
      now.push(least);
    }
    if (Math.min(...now) > most) return Infinity;
    [before, last] = [last, now];
  }
  return last[right.length]!;
}

/** Edits that a text of this length may be away from another and still be meant for it. */
export const slipsOf = (length: number): number => (length >= 8 ? 2 : length >= 4 ? 1 : 0);

/** The names nearest to one that does not exist, nearest first; `spoken` is the part of a name that is compared. */
export function closestNames(
  name: string,
  names: readonly string[],
  most = 3,
  spoken: (name: string) => string = (known) => known,
): string[] {
  const wanted = name.toLowerCase();
  return names
    .map((known) => {
      const other = spoken(known).toLowerCase();
      const within = other.includes(wanted) || (other.length >= 3 && wanted.includes(other));
      const distance = editDistance(wanted, other);
      return { known, distance: within ? Math.min(distance, 2.5) : distance };
    })
    .filter(({ distance }) => distance <= Math.max(2.5, wanted.length / 3))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, most)
    .map(({ known }) => known);
}
