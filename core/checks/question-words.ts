const months = 'january february march april may june july august september october november december'.split(' ');
const weekdays = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ');
const ones =
  `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
  eighteen nineteen`.split(/\s+/);
const tens = '- - twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const ordinals = 'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth'.split(' ');

/** A text as it is searched: lower case, without accents and apostrophes, signs other than . - : % between words as spaces, padded. */
export function normalise(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/(\d)[,\u00a0\u202f'](?=\d{3}\b)/g, '$1')
    .replace(/(?<=\p{L})['’]s\b/gu, '')
    .replace(/[^\p{L}\p{N}.%:+-]+/gu, ' ')
    .replace(/[.:](?=\s|$)/g, ' ')
    .replace(/(^|\s)[.:](?!\d)/g, '$1 ');
  return ` ${plain.replace(/\s+/g, ' ').trim()} `;
}

/** Whether a normalised question holds one of the forms as whole words; a plural s may follow. */
export function holds(question: string, forms: readonly string[]): boolean {
  return forms.some((form) => {
    const words = normalise(form).trim();
    if (words === '') return false;
    for (let at = question.indexOf(words); at >= 0; at = question.indexOf(words, at + 1)) {
      const before = question[at - 1] ?? ' ';
      const after = question.slice(at + words.length);
      if (!/[\p{L}\p{N}.]/u.test(before) && /^(?:s|es|th|st|nd|rd)?(?![\p{L}\p{N}]|\.\d)/u.test(after)) return true;
    }
    return false;
  });
}

/** The ways in which people write a number: digits, words, `1k`, `2.5 million`, `50%`, `half`, ordinals. */
export function numberForms(text: string): string[] {
  const value = Number(text);
  const size = Math.abs(value);
  const plain = String(size);
  const forms = [text.replace(/^-/, ''), plain, plain.replace(/^0\./, '.')];
  if (Number.isInteger(size)) {
    forms.push(`${plain}.0`, ...wordsOf(size));
    if (size < ordinals.length) forms.push(ordinals[size]!);
    if (size === 1) forms.push('once', 'single', 'a', 'an', 'only');
    if (size === 2) forms.push('twice', 'both', 'pair', 'couple');
    if (size === 12) forms.push('dozen');
  }
  for (const [unit, words] of [
    [1e3, ['k', ' k', ' thousand']],
    [1e6, ['m', ' m', ' million']],
    [1e9, ['bn', ' bn', ' billion']],
  ] as const) {
    if (size >= unit) forms.push(...words.map((word) => `${size / unit}${word}`));
  }
  if (size > 0 && size <= 1)
    forms.push(`${round(size * 100)}%`, `${round(size * 100)} %`, `${round(size * 100)} percent`);
  if (size === 0.5) forms.push('half', 'median');
  if (size === 0.25) forms.push('quarter', 'first quartile');
  if (size === 0.75) forms.push('three quarters', 'third quartile');
  return forms;
}

const round = (value: number) => Number(value.toPrecision(12));

function wordsOf(size: number): string[] {
  if (size < 20) return [ones[size]!];
  if (size < 100) {
    const ten = tens[Math.floor(size / 10)]!;
    return size % 10 === 0 ? [ten] : [`${ten}-${ones[size % 10]}`, `${ten} ${ones[size % 10]}`];
  }
  for (const [unit, word] of [
    [1e9, 'billion'],
    [1e6, 'million'],
    [1e3, 'thousand'],
    [100, 'hundred'],
  ] as const) {
    if (size % unit !== 0 || size < unit) continue;
    const count = size / unit;
    const amounts = count < 100 ? wordsOf(count) : [];
    return [...amounts.map((amount) => `${amount} ${word}`), ...(count === 1 ? [`a ${word}`] : [])];
  }
  return [];
}

export const monthForms = (month: number): string[] =>
  month >= 1 && month <= 12 ? [months[month - 1]!, months[month - 1]!.slice(0, 3)] : [];

/** Names of a day of the week, whichever day the dialect counts from. */
export const weekdayForms = (day: number): string[] =>
  [day, day - 1].filter((index) => index >= 0 && index < 8).map((index) => weekdays[index % 7]!);

/**
 * The ways in which people write a date or the month or year it bounds: `2023-03-01`, `March 1, 2023`, `1 March 2023`, `3/1/2023`; `March 2023` and
 * `2023` where the day is the first or last of it (an exclusive bound may be the first day after).
 */
export function dateForms(text: string): string[] | null {
  const match = /^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[ T](\d{2}:\d{2})(?::\d{2})?.*)?$/.exec(text.trim());
  if (match === null) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), match[3] === undefined ? null : Number(match[3])];
  if (month < 1 || month > 12) return null;
  const forms = day === null ? monthOf(year, month) : [...dayForms(year, month, day), ...boundForms(year, month, day)];
  const clock = match[4];
  if (clock === undefined || clock === '00:00' || clock === '23:59') return [text, ...forms];
  return [text, ...forms.flatMap((form) => [`${form} ${clock}`, `${form} at ${clock}`, `${clock} on ${form}`])];
}

const pad = (part: number) => String(part).padStart(2, '0');

function monthOf(year: number, month: number): string[] {
  return [
    `${year}-${pad(month)}`,
    ...monthForms(month).flatMap((name) => [`${name} ${year}`, `${name} of ${year}`]),
    `${month}/${year}`,
    `${pad(month)}/${year}`,
  ];
}

function dayForms(year: number, month: number, day: number): string[] {
  const named = monthForms(month).flatMap((name) => [
    `${name} ${day} ${year}`,
    `${name} ${day}th ${year}`,
    `${day} ${name} ${year}`,
    `${day} of ${name} ${year}`,
  ]);
  const suffixed = named.flatMap((form) =>
    ['st', 'nd', 'rd', 'th'].map((suffix) => form.replace(new RegExp(`\\b${day} `), `${day}${suffix} `)),
  );
  return [
    `${year}-${pad(month)}-${pad(day)}`,
    `${year}/${pad(month)}/${pad(day)}`,
    `${month}/${day}/${year}`,
    `${day}.${month}.${year}`,
    ...named,
    ...suffixed,
  ];
}

function boundForms(year: number, month: number, day: number): string[] {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const forms: string[] = [];
  if (day === 1 || day >= last) forms.push(...monthOf(year, month));
  if (day === 1) forms.push(...monthOf(month === 1 ? year - 1 : year, month === 1 ? 12 : month - 1));
  if (month === 1 && day === 1) forms.push(String(year), String(year - 1));
  if (month === 12 && day === 31) forms.push(String(year));
  return forms;
}
