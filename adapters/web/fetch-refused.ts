/** Why a page was not read. It is an expected outcome and ends up in the scrape's list of skipped pages. */
export type RefusalReason =
  | 'scheme'
  | 'host'
  | 'address'
  | 'robots'
  | 'robots-unreachable'
  | 'redirects'
  | 'too-large'
  | 'timeout'
  | 'network'
  | 'status'
  | 'media-type'
  | 'unreadable'
  | 'prefix'
  | 'failing'
  | 'encoding';

/** Thrown inside the web adapter only; `fetchPage` turns it into an outcome. */
export class FetchRefused extends Error {
  constructor(
    readonly reason: RefusalReason,
    message: string,
    readonly status: number | null = null,
    /** How long the server asks to be left alone. */
    readonly retryAfterMs: number | null = null,
  ) {
    super(message);
    this.name = 'FetchRefused';
  }
}
