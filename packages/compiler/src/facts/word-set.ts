/** A list of words that a name is looked up in, written as text so that it stays a few lines long. */
export const wordSet = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));
