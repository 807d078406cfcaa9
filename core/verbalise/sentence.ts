import { ofCombinations, opening } from './body.js';
import type { Parts } from './parts.js';
import { sentence } from './clause.js';
import type { Style, Voice } from './voice.js';
import { capitalise, enumerate, singular } from './words.js';

const openings: Record<Exclude<Style, 'telegraphic' | 'terse'>, string[]> = {
  formal: ['Please provide {}.', 'Provide {}.', 'Determine {}.', 'Retrieve {}.', 'Present {}.'],
  imperative: ['Show {}.', 'List {}.', 'Give {}.', 'Find {}.', 'Return {}.', 'Display {}.', 'Get {}.'],
  question: ['What is {}?', 'What are {}?', 'What would be {}?', 'Which result gives {}?'],
  polite: [
    'Could you show me {}?',
    'Can you give me {}, please?',
    'I would like to see {}, please.',
    'Please show me {}.',
  ],
  casual: ['Show me {}', 'I need {}', 'Get me {}', 'I want to know {}', 'Tell me {}'],
  report: ['A report of {}', 'An overview of {}', 'A list with {}', 'For the report: {}'],
  vague: ['I am curious about {}', 'We are interested in {}', 'Help me see {}', 'It would be good to know {}'],
};

/** Puts a body into a sentence of the style. */
export function wrap(body: string, singularBody: boolean, voice: Voice): string {
  const { style, random } = voice;
  if (body.includes(opening)) {
    const [lead = '', ...rest] = body.split(opening);
    const inner = wrap(rest.join(opening), singularBody, voice);
    return style === 'report' && !inner.startsWith('For the report')
      ? `${inner} ${lead}`
      : `${lead}, ${lowerFirst(inner)}`;
  }
  if (style === 'telegraphic' || style === 'terse') return capitaliseMaybe(body, voice);
  const choices = openings[style];
  const fitting =
    style === 'question'
      ? choices.filter((c) => !c.startsWith(singularBody || body.startsWith('everything') ? 'What are' : 'What is'))
      : choices;
  return random.pick(fitting).replace('{}', () => body);
}

export const lowerFirst = (text: string): string =>
  text.startsWith('I ') ? text : text.charAt(0).toLowerCase() + text.slice(1);

const capitaliseMaybe = (text: string, voice: Voice): string => (voice.random.chance(0.5) ? capitalise(text) : text);

/** `How many customers have …`: the natural question for a lone COUNT(*). */
export function howMany(rows: string, filter: string, voice: Voice): string {
  const { random, style } = voice;
  switch (style) {
    case 'question':
    case 'polite':
    case 'vague':
      if (filter === '')
        return `${random.pick(['How many {} are there?', 'What is the total number of {}?', 'How many {} do we have?', 'How many {} exist?'])}`.replace(
          '{}',
          rows,
        );
      return random
        .pick(['How many {} are there{f}?', 'How many {}{f} are there?', 'What is the number of {}{f}?'])
        .replace('{}', rows)
        .replace('{f}', () => filter);
    case 'terse':
    case 'telegraphic':
      return random
        .pick(['number of {}{f}', 'count of {}{f}', 'how many {}{f}', '{} count{f}'])
        .replace('{}', rows)
        .replace('{f}', () => filter);
    default:
      return random
        .pick([
          'Count the {}{f}.',
          'Give the number of {}{f}.',
          'Find how many {} there are{f}.',
          'Tell me how many {} there are{f}.',
          'Count all {}{f}.',
        ])
        .replace('{}', rows)
        .replace('{f}', () => filter);
  }
}

const keysShown = ({ groupsShown, hidden }: Parts): string =>
  groupsShown ? '' : hidden.length > 0 ? `, without ${enumerate(hidden)}` : ', key not shown';

function conditions({ filters }: Parts): string {
  const relatives = filters.flatMap(({ relative }) => (relative === undefined ? [] : [relative.replace(/^that /, '')]));
  const rest = filters.filter(({ relative }) => relative === undefined);
  const and = rest.some((f) => f.finite.startsWith('either ')) ? ', and also ' : ' and ';
  const where = rest.length === 0 ? [] : [`where ${rest.map(sentence).join(and)}`];
  return [...relatives.map((relative) => `only those ${relative}`), ...where].join(' and ');
}

function limited(limit: string, ordered: boolean): string {
  if (limit === '1') return ordered ? 'only the first' : 'any one';
  return `${ordered ? 'first' : 'any'} ${limit}`;
}

/** Key words rather than a sentence: `orders: status, total; where total is above 50; first 5`. */
export function telegram(parts: Parts): string {
  const outputs = parts.everything
    ? 'all columns'
    : parts.outputs.length === 0
      ? parts.hidden.length === 0
        ? `different ${enumerate(parts.groups)}`
        : `${parts.distinct ? 'different ' : ''}${enumerate(parts.shown)} ${ofCombinations(parts)}`
      : enumerate([...(parts.distinct ? ['distinct'] : []), ...parts.outputs], ',').replace(' , ', ', ');
  const pieces = [
    `${parts.subject}: ${parts.distinct ? outputs.replace('distinct,', 'distinct') : outputs}`,
    parts.groups.length > 0 && parts.outputs.length > 0
      ? `${parts.sets === null ? `per ${enumerate(parts.groups.map((g) => singular(g)))}` : `separately ${enumerate(parts.sets)}`}${keysShown(parts)}${parts.subtotals}`
      : '',
    conditions(parts),
    parts.having.length > 0 ? `only where ${parts.having.join(' and ')}` : '',
    parts.qualify.length > 0 ? `keep rows where ${parts.qualify.join(' and ')}` : '',
    parts.order === null ? '' : `by ${parts.order}`,
    parts.limit === null ? '' : limited(parts.limit, parts.order !== null),
    parts.offset === null ? '' : `skip ${parts.offset}`,
  ];
  return pieces.filter((piece) => piece !== '').join('; ');
}
