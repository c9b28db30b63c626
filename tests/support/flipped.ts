/** Changing single values of JSON, for tests that everything is bound. */
export type Tree = { [name: string]: unknown } | unknown[]

/** Every leaf value of a JSON tree, with the way to it. */
export function leavesOf(value: unknown, way: string[] = []): { way: string[]; value: unknown }[] {
  if (value === null || typeof value !== 'object') return [{ way, value }]
  return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, [...way, name]))
}

export function changed(tree: Tree, way: string[], value: unknown): Tree {
  const copy = structuredClone(tree)
  let place = copy as Record<string, unknown>
  for (const step of way.slice(0, -1)) place = place[step] as Record<string, unknown>
  place[way.at(-1)!] = value
  return copy
}

/** The value with one bit of it turned over; several times at different places for a text. */
export function flips(value: unknown): unknown[] {
  if (typeof value === 'number') return [value ^ 1]
  if (typeof value === 'boolean') return [!value]
  if (typeof value !== 'string') return ['x']
  const bytes = Buffer.from(value)
  return [0, bytes.length >> 1, bytes.length - 1].flatMap((at) => [0x01, 0x20].map((bit) => Buffer.from(bytes.map((byte, place) => (place === at ? byte ^ bit : byte))).toString()))
}
