import type { PromptForm } from '../run-spec.js';
import { specialTokens } from './special-tokens.js';

/** Index tokens that stand for something of the prompt; those of aliases and outputs are the statement's own. */
const promptTokens: readonly string[] = specialTokens.filter((token) => !/^<[qa]/.test(token));

/** Tokens that an answer may use only where its prompt has them. */
export const restrictedTokens = (form: PromptForm): readonly string[] => (form === 'linked' ? promptTokens : []);
