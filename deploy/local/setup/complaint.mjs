/** What stops set-up: one sentence of what, one of the remedy. */
export class Complaint extends Error {
  /**
   * @param {string} what
   * @param {string} remedy
   */
  constructor(what, remedy) {
    super(`${what} ${remedy}`);
    this.what = what;
    this.remedy = remedy;
  }
}
