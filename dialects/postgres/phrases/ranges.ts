import { phraseLines } from '../../phrase-lines.js';

/** Ranges and multiranges. */
export const rangesPhrases = phraseLines(`
  int4range(i, i + 10) → other: range of whole numbers from the {i} to 10 above it | range that starts at the {i} and ends before 10 more
  int8range(i, i + 100) → other: range of big whole numbers from the {i} to 100 above it | range that starts at the {i} and ends before 100 more
  numrange(n::numeric, n::numeric + 5) → other: range from the {n} to 5 above it | numeric range of width 5 from the {n} on
  daterange(d::date, d::date + 30) → other: range of 30 days from the {d} on | period that starts on the {d} and ends 30 days later
  tsrange(t, t + {interval}) → other: period of {interval} from the {t} on | time range that starts at the {t} and lasts {interval}
  tstzrange(t, t + {interval}) → other: period of {interval} from the {t} on with its time zone | zoned time range that starts at the {t} and lasts {interval}
  daterange(LEAST(d1, d2)::date, GREATEST(d1, d2)::date) → other: period between the {d1} and the {d2} | date range spanned by the {d1} and the {d2}
  i <@ int4range(1, 100) → boolean predicate: {i} lies in the range from 1 up to but without 100 | {i} is contained in the range from 1 to 100, its end
      left out
  lower(numrange(n::numeric - 5, n::numeric + 5)) → number: lower end of the range of 5 around the {n} | start of the range that reaches 5 either side
      of the {n}
  upper(numrange(n::numeric - 5, n::numeric + 5)) → number: upper end of the range of 5 around the {n} | end of the range that reaches 5 either side of
      the {n}
  isempty(int4range(i, i)) → boolean: whether the range from the {i} up to but without itself is empty | emptiness of the range that starts and ends at
      the {i}
  lower_inc(numrange(0, GREATEST(n, 0)::numeric)) → boolean group: whether the range from 0 to the {n} includes its lower end | inclusion of 0 in the
      range from 0 to the {n}
  upper_inc(numrange(0, GREATEST(n, 0)::numeric)) → boolean group: whether the range from 0 to the {n} includes its upper end | inclusion of the {n}
      itself in the range from 0 on
  lower_inf(daterange(d::date, NULL)) → boolean group: whether the range from the {d} on has no lower end | endlessness towards the past of the range
      from the {d} on
  upper_inf(daterange(d::date, NULL)) → boolean group: whether the range from the {d} on has no upper end | endlessness towards the future of the range
      from the {d} on
  range_merge(int4range(i1, i1 + 1), int4range(i2, i2 + 1)) → other: smallest range with both the {i1} and the {i2} | range that takes in the {i1} as
      well as the {i2}
  multirange(daterange(d::date, d::date + 7)) → other: multirange of the 7 days from the {d} on | multirange with only the range of 7 days from the {d}
  int4multirange(int4range(i, i + 5), int4range(i + 10, i + 15)) → other: multirange of 5 numbers from the {i} and 5 more from 10 after it to 15 | two
      ranges of 5 numbers, at the {i} and at 10 to 15 above it
  int8multirange(int8range(i, i + 5)) → other: big multirange of the 5 numbers from the {i} | multirange of bigints with 5 numbers from the {i} on
  nummultirange(numrange(n::numeric, n::numeric + 5)) → other: numeric multirange of width 5 from the {n} | multirange with decimals from the {n} to 5
      above it
  datemultirange(daterange(d::date, d::date + 7), daterange(d::date + 14, d::date + 21)) → other: first and third of the weeks of 7 days from the {d},
      ending 14 and 21 days after it | multirange of the 7 days from the {d} and those from 14 to 21 days after it
  tsmultirange(tsrange(t, t + {interval})) → other: multirange of {interval} from the {t} | time multirange that lasts {interval} from the {t}
  tstzmultirange(tstzrange(t, t + {interval})) → other: zoned multirange of {interval} from the {t} | time multirange with zone that lasts {interval}
      from the {t}
`);
