/** `orders.Order`: how items name each other in the model. */
export function itemId(item: unknown): string {
  const { context, name } = item as { context?: string; name: string }; // Every item of the language has a name; those of a context say which.
  return context === undefined ? name : `${context}.${name}`;
}
