import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'

/** Networks that no receiver on the internet has: our own machines, links, metadata services, documentation, multicast (RFC 6890). */
const NOBODY_OUTSIDE: readonly [string, number][] = [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24],
  ['192.88.99.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4],
]
/** Of IPv6 only what is given out to the world counts, without the parts that carry IPv4 inside (mapped, 6to4, Teredo, NAT64) or are for documents. */
const WORLD: readonly [string, number] = ['2000::', 3]
const CARRIERS: readonly [string, number][] = [['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['3fff::', 20]]

const refusedV4 = listOf(NOBODY_OUTSIDE, 'ipv4')
const worldV6 = listOf([WORLD], 'ipv6')
const refusedV6 = listOf(CARRIERS, 'ipv6')

/** May a message be sent to this IP address? */
export function isOutside(address: string): boolean {
  const plain = address.replace(/%.*$/, '')
  if (isIP(plain) === 4) return !refusedV4.check(plain, 'ipv4')
  return isIP(plain) === 6 && worldV6.check(plain, 'ipv6') && !refusedV6.check(plain, 'ipv6')
}

/** Does the address itself say that it leads inwards? What a name leads to is looked up when something is sent. */
export function isInnerByName({ hostname, host }: URL, allowedHosts: readonly string[]): boolean {
  const literal = hostname.replace(/^\[(.*)\]$/, '$1')
  return !allowedHosts.includes(host) && (isIP(literal) ? !isOutside(literal) : /(^|\.)localhost\.?$/.test(literal))
}

export type Resolved = { address: string; family: 4 | 6 }
/** How names become addresses; tests bring their own. */
export type Resolve = (host: string) => Promise<Resolved[]>

const resolve: Resolve = async (host) => (await lookup(host, { all: true, verbatim: true })).map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }))

/** A name whose server says nothing for so long leads nowhere. */
const LOOKED_UP_WITHIN = 5_000

/**
 * The address to connect to, looked up once: whoever sends is to connect to exactly this one, so that a name which changes
 * its mind between look and connection leads nowhere (DNS rebinding). One inner address among several spoils the name.
 *
 * @param allowedHosts `host:port` of receivers in one's own house, for demo and tests
 * @returns the address, or why there is none
 */
export async function safeAddress(url: URL, { allowedHosts, resolveBy = resolve, withinMs = LOOKED_UP_WITHIN }: { allowedHosts: readonly string[]; resolveBy?: Resolve; withinMs?: number }): Promise<Resolved | 'no-such-host' | 'inner-address'> {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const family = isIP(host)
  const found = family ? [{ address: host, family: family as 4 | 6 }] : await inTime(resolveBy(host), withinMs).catch(() => [])
  if (found.length === 0) return 'no-such-host'
  if (!allowedHosts.includes(url.host) && found.some(({ address }) => !isOutside(address))) return 'inner-address'
  return found[0]!
}

function inTime<T>(work: Promise<T>, withinMs: number): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const patience = setTimeout(() => reject(new Error('too late')), withinMs)
  return Promise.race([work, late]).finally(() => clearTimeout(patience))
}

function listOf(networks: readonly (readonly [string, number])[], kind: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList()
  for (const [network, prefix] of networks) list.addSubnet(network, prefix, kind)
  return list
}
