import { InvalidInputError } from '../core/errors.js';

/** A flag's whole number within its bounds. @throws InvalidInputError */
export function wholeNumber(text: string, flag: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text.trim()) && value >= least && value <= most) return value;
  throw new InvalidInputError(`${flag} is ${text}.`, `Give a whole number from ${least} to ${most}.`);
}
