/** The place in a list that a link names; what no list of ours has written counts as the beginning. */
export function keysetOf(text: string | null): number | undefined {
  return text !== null && /^(0|[1-9]\d{0,14})$/.test(text) ? Number(text) : undefined
}
