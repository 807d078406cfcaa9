const stems = (list: string): string[] => list.replace(/\s+/g, ' ').split(', ');

/** Words by which a question says what a clause does; one of them must be there. Stems: a word that begins with one counts. */
export const clauseWords = {
  COUNT: stems(`how many, number, count, how often, most, least, fewest, frequen, more than, times, total, amount
    of, at least, several, multiple, common, popular, only one, exactly, share, percent`),
  SUM: stems(`total, sum, combined, altogether, overall, together, added up, add up, how much, how many,
    cumulative, running, most, amount, share, percent`),
  AVG: stems(`average, mean, averaging, typical, on average`),
  MAX: stems(`max, highest, largest, greatest, biggest, most, latest, last, newest, longest, oldest, top, best,
    youngest, heaviest, tallest, upper, recent, dearest, peak, earliest, expensive, fastest, up to, ever`),
  MIN: stems(`min, lowest, smallest, least, fewest, earliest, first, oldest, shortest, cheapest, youngest,
    lightest, worst, lower, slowest, newest, bottom`),
  'GROUP BY': stems(`each, per, by, every, different, distinct, group, respective, for all, across, among, broken, most,
    least, whose, corresponding, those`),
  'ORDER BY': stems(`ordered, in order, order of, order by, order the, order them, ordering, ordinal, sort, rank,
    ascending, descending, alphabet, first, last, top, bottom, most, least, highest, lowest, largest,
    smallest, greatest, biggest, latest, earliest, newest, oldest, longest, shortest, best, worst,
    youngest, cheapest, expensive, fewest, recent, arrange, max, min, increasing, decreasing, from a to
    z, popular, common, chronolog, fastest, slowest, heaviest, tallest`),
  LIMIT: stems(`top, any, first, only, most, least, highest, lowest, last, best, limit, no more than, at most, largest,
    smallest, greatest, biggest, latest, earliest, newest, oldest, longest, shortest, worst, youngest,
    cheapest, expensive, fewest, recent, max, min, one, single, popular, common, bottom, an example,
    just, fastest, slowest, heaviest, tallest, those`),
  DISTINCT: stems(`different, distinct, unique, without duplicate, no duplicate, without repetition, each, kind, once,
    dedup, possible, various`),
  negation: stems(`not, no, never, without, except, exclud, other than, but, neither, nor, none, cannot, unless, lack,
    missing, anything but, differ, outside, leaving out, fail, non, apart from, unlike, minus, beside`),
  greater: stems(`more, greater, over, above, after, exceed, at least, higher, larger, older, later, longer, bigger,
    since, from, or more, minimum, beyond, past, no less, no fewer, not below, no earlier,
    not before, between, multiple, several, onward, taller, better, positive`),
  less: stems(`less, fewer, below, under, before, at most, lower, smaller, younger, earlier, shorter, until, up to,
    or less, maximum, no more, not above, no later, not after, does not exceed, between, prior, negative, cheaper, worse,
    ago, not exceed, not over`),
  DESC: stems(`descending, decreasing, reverse, downward, down, highest, largest, greatest, biggest, most, latest, newest, recent,
    last, longest, top, best, z to a, max, expensive, dearest, oldest, fastest, heaviest, tallest, upper, first, popular, common, peak,
    youngest`),
  'PARTITION BY':
    stems(`each, per, by, every, within, separate, for all, across, group, inside, own, same, respective, among, of
    the same, for the, partition`),
  running:
    stems(`running, cumulative, so far, up to, to date, moving, rolling, preceding, previous, before, until, in order, ordered,
    progressive, accumulat, following, after, around, current, sort`),
  beside:
    stems(`beside, each, every, overall, all, along, together, whole, next to, share, percent, compar, per, within, across,
    separate, entire`),
  UNION: stems(`or, and, either, both, together, plus, combin, as well, also, along with, union, one list, merged,
    stacked, followed by`),
  INTERSECT: stems(`both, and, also, as well, common, in both, at the same time, too, shared`),
  NULL: stems(`missing, unknown, no, not, without, null, empty, blank, known, recorded, has, have, specified,
    never, still, lack, yet, present, absent, given, filled, nothing, exist`),
} as const satisfies Record<string, readonly string[]>;

export type Clause = keyof typeof clauseWords;

/** Whether a normalised question holds a word that begins with one of the stems. */
export function says(question: string, words: readonly string[]): boolean {
  return words.some((word) => question.includes(word.length <= 2 ? ` ${word} ` : ` ${word}`));
}

/** What the most usual windowed functions are called by. */
export const windowWords: Readonly<Record<string, readonly string[]>> = {
  ROW_NUMBER: stems(`number, rank, position, first, order, latest, top, most, highest, lowest, last, running,
    consecutive, recent, earliest, row, per, each`),
  RANK: stems(`rank, position, place, top, highest, lowest, standing`),
  DENSE_RANK: stems(`rank, position, place, top, highest, lowest, level, standing`),
  LAG: stems(`previous, before, preceding, last, earlier, prior`),
  LEAD: stems(`next, following, after, later, subsequent`),
  NTILE: stems(`group, quart, half, tile, third, decile, bucket, part, band, split, divid`),
  PERCENT_RANK: stems(`percent, relative, share, rank, fraction, proportion`),
  CUME_DIST: stems(`cumulative, share, distribution, percent, fraction, proportion`),
  NTH_VALUE: stems(`nth, place, row number, first, second, third, fourth, fifth, sixth, at position`),
  FIRST_VALUE: stems(`first, highest, lowest, earliest, top, most, cheapest, largest, smallest`),
  LAST_VALUE: stems(`last, highest, lowest, latest, most, largest, smallest, greatest`),
};
