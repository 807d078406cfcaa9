import type { SqlValue } from '../../core/database.js';

/** 0.8342 → `83.4`: percentages are written without their sign where a heading gives it. */
export const percent = (share: number, digits = 1): string => (share * 100).toFixed(digits);

/** 0.021 → `+2.1`, in points. */
export const signedPercent = (share: number): string => `${share >= 0 ? '+' : '−'}${percent(Math.abs(share))}`;

/** A probability as tests give it. */
export const probability = (p: number): string => (p < 0.001 ? '< 0.001' : p.toFixed(3));

export const whole = (count: number): string => Math.round(count).toLocaleString('en-US');

export function duration(seconds: number): string {
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 90) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  const minutes = seconds / 60;
  return minutes < 90 ? `${minutes.toFixed(1)} min` : `${(minutes / 60).toFixed(1)} h`;
}

export function bytes(count: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = count < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(count) / 3));
  return `${(count / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
}

export function count(number: number): string {
  if (number < 10_000) return whole(number);
  if (number < 1e6) return `${(number / 1e3).toFixed(1)} k`;
  return number < 1e9 ? `${(number / 1e6).toFixed(1)} M` : `${(number / 1e9).toFixed(1)} G`;
}

/** US dollars; `–` where no price is known. */
export function dollars(cost: number | null): string {
  if (cost === null) return '–';
  return cost === 0 ? '$0' : cost < 0.01 ? '< $0.01' : `$${cost.toFixed(2)}`;
}

/** `2026-11-21 20:15 UTC`. */
export const moment = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;

export function cell(value: SqlValue): string {
  const text = value === null ? 'NULL' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** `wrong-filter` → `wrong filter`. */
export const spaced = (name: string): string => name.replaceAll('-', ' ');
