/** Splits a block of words at white space, so that long lists stay readable. */
export const words = (text: string): string[] => text.trim().split(/\s+/);
