import fs from 'node:fs'
import { expect, test } from 'vitest'
import { addressOf, readConfig, VARIABLES } from '#app/config.server.ts'
import { withoutSettings } from '#tests/support/child-env.ts'

const DATABASE_URL = 'postgres://127.0.0.1/mingdan'
/** What nobody sets by hand: Node’s own, and what the launcher tells its children. */
const NOT_IN_THE_PAPERS = ['NODE_ENV', 'STOP_WITH_STDIN']
/** Read by two commands alone, at the door of which it is asked for. */
const OF_COMMANDS = ['BACKUP_PASSPHRASE']

test.for(['README.md', 'README.zh-CN.md'])('the table of %s names every setting, and nothing that is read nowhere', (paper) => {
  const rows = fs.readFileSync(new URL(`../${paper}`, import.meta.url), 'utf8').split('\n').filter((line) => /^\| `[A-Z_]+`/.test(line))
  const named = rows.flatMap((row) => [...row.split('|')[1]!.matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name!))
  expect(named.sort()).toEqual([...VARIABLES.filter((name) => !NOT_IN_THE_PAPERS.includes(name)), ...OF_COMMANDS].sort())
})

test('it listens on loopback unless HOST says otherwise', () => {
  expect(readConfig({ DATABASE_URL }).host).toBe('127.0.0.1')
  expect(readConfig({ DATABASE_URL, HOST: '' }).host).toBe('127.0.0.1')
  expect(readConfig({ DATABASE_URL, HOST: '0.0.0.0' }).host).toBe('0.0.0.0')
})

test.for([
  ['127.0.0.1', 'http://127.0.0.1:3000'],
  ['0.0.0.0', 'http://127.0.0.1:3000'],
  ['::', 'http://127.0.0.1:3000'],
  ['::1', 'http://[::1]:3000'],
  ['market.example', 'http://market.example:3000'],
])('a server on %s is found at %s, and says so itself', ([host, address]) => {
  expect(addressOf(host!, 3000)).toBe(address)
  expect(readConfig({ DATABASE_URL, HOST: host }).publicUrl).toBe(address)
  expect(new URL(address!).port).toBe('3000')
})

test('nobody is named as the security contact unless somebody was', () => {
  expect(readConfig({ DATABASE_URL }).securityContact).toBeNull()
  expect(readConfig({ DATABASE_URL, SECURITY_CONTACT: '  ' }).securityContact).toBeNull()
  expect(readConfig({ DATABASE_URL, SECURITY_CONTACT: ' security@city.example ' }).securityContact).toBe('security@city.example')
})

test('what is malformed is named, all of it at once', () => {
  expect(() => readConfig({ DATABASE_URL: 'mysql://x', PORT: '70000', DEMO: 'yes' })).toThrow(/PORT: .*DATABASE_URL: .*DEMO: /)
})

test('tests run without the settings of whoever runs them', () => {
  const theirs = Object.fromEntries([...VARIABLES, 'BACKUP_PASSPHRASE', 'PATH', 'HOME'].map((name) => [name, 'x'])) as NodeJS.ProcessEnv
  expect(Object.keys(withoutSettings(theirs))).toEqual(['PATH', 'HOME'])
})
