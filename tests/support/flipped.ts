import { expect } from 'vitest'

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

/** The value with one bit of it turned over; for a text two bits at each of three places. */
export function flips(value: unknown): unknown[] {
  if (typeof value === 'number') return [value ^ 1]
  if (typeof value === 'boolean') return [!value]
  if (typeof value !== 'string') return ['x']
  const bytes = Buffer.from(value)
  return [0, bytes.length >> 1, bytes.length - 1].flatMap((at) => [0x01, 0x20].map((bit) => Buffer.from(bytes.map((byte, place) => (place === at ? byte ^ bit : byte))).toString()))
}

type Fault = { field: string; wrong: string }

/**
 * Turns over one bit of each value of a tree, one after another: each time something must be wrong, and the field that is named first must hold the value.
 *
 * @param among which values are turned over, all if nothing is said
 * @param least so many values there are at least, so that an empty tree does not pass
 * @param everyBit whether of each text all of {@link flips} are tried; otherwise two of them, others of the next text
 */
export function expectFlipsNamed(tree: object, faultsOf: (changed: Tree) => readonly Fault[], { least, among = () => true, everyBit = false }: { least: number; among?: (way: string[]) => boolean; everyBit?: boolean }): void {
  const leaves = leavesOf(tree).filter(({ way }) => among(way))
  expect(leaves.length).toBeGreaterThan(least)
  for (const [turn, { way, value }] of leaves.entries()) {
    const pointer = `/${way.join('/')}`
    const every = flips(value)
    for (const flipped of everyBit || every.length < 3 ? every : every.filter((_, place) => place % 3 === turn % 3)) {
      const [fault] = faultsOf(changed(tree as Tree, way, flipped))
      expect(fault, `${pointer}: ${String(value)} → ${String(flipped)}`).toBeDefined()
      expect(fault!.field !== '' && (pointer === fault!.field || pointer.startsWith(`${fault!.field}/`)), `${pointer} was changed and ${fault!.field} was named: ${fault!.wrong}`).toBe(true)
    }
  }
}
