import type { Answered, RoutedToken } from '../../../core/answer.js';
import { element, part } from './element.js';

type Routing = NonNullable<Answered['routing']>;

const percent = (share: number): string => `${Math.round(share * 100)} %`;
const dominant = (shares: readonly number[]): number => shares.indexOf(Math.max(...shares));
/** Told by letter, underline and tint, so that no colour has to be seen. */
const letter = (expert: number): string => String.fromCharCode(65 + (expert % 26));

/** Of a mixture: which expert each token went to. Arrow keys go from token to token. */
export function showRouting(routing: Routing | null): void {
  part('routing', HTMLElement).hidden = routing === null || routing.tokens.length === 0;
  if (routing === null) return;
  const { experts, tokens } = routing;
  const detail = part('routing-detail', HTMLElement);
  const hint = 'Point at a token, or go from one to the next with the arrow keys, to see its shares.';
  detail.textContent = hint;
  const tell = ({ text, shares }: RoutedToken): void => {
    const told = shares.map((share, at) => `${experts[at]} ${percent(share)}`).join(', ');
    detail.textContent = `${visible(text)}: ${told}`;
  };
  const token = (one: RoutedToken): HTMLElement => {
    const expert = dominant(one.shares);
    const show = (): void => tell(one);
    return element(
      'button',
      {
        ...{
          type: 'button',
          class: `token e${expert % 6}`,
          tabindex: -1,
          onfocus: show,
          onmouseenter: show,
          onclick: show,
        },
      },
      element('span', {}, visible(one.text)),
      element('sub', { 'aria-hidden': 'true' }, letter(expert)),
      element('span', { class: 'hidden' }, `: ${experts[expert]} ${percent(one.shares[expert]!)}`),
    );
  };
  for (const name of ['prompt', 'answer'] as const) {
    const place = part(`routing-${name}`, HTMLElement);
    const buttons = tokens.filter((one) => one.part === name).map(token);
    if (buttons[0]) buttons[0].tabIndex = 0;
    place.replaceChildren(...buttons);
    place.onkeydown = (event) => walk(event, buttons);
  }
  part('routing-legend', HTMLElement).replaceChildren(
    ...experts.map((expert, at) =>
      element(
        'li',
        {},
        element('span', { class: `token e${at % 6}` }, letter(at)),
        ` ${expert}, ${percent(meanShare(tokens, at, 'answer'))} of the answer, ${percent(meanShare(tokens, at, 'prompt'))} of the prompt`,
      ),
    ),
  );
}

function meanShare(tokens: readonly RoutedToken[], expert: number, of: RoutedToken['part']): number {
  const counted = tokens.filter((token) => token.part === of);
  return counted.reduce((sum, token) => sum + (token.shares[expert] ?? 0), 0) / Math.max(1, counted.length);
}

const steps: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -1e9, End: 1e9 };

/** One stop of the Tab key for all tokens; the arrow keys move it. */
function walk(event: KeyboardEvent, buttons: HTMLElement[]): void {
  const step = steps[event.key];
  const at = buttons.indexOf(event.target as HTMLElement);
  if (step === undefined || at < 0) return;
  event.preventDefault();
  const next = buttons[Math.min(buttons.length - 1, Math.max(0, at + step))]!;
  buttons[at]!.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

/** A space or a line's end has to be seen, too. */
const visible = (text: string): string =>
  text.replace(/\n/g, '⏎').replace(/^ +| +$/g, (spaces) => '␣'.repeat(spaces.length)) || '∅';
