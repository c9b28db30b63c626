import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { isInstalled } from '../../bin/own-node.mjs'

type Packages = Record<string, { version: string; optional?: boolean; peer?: boolean }>

const LOCKED: Packages = { '': { version: '0.1.0' }, 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.0.0' }, 'node_modules/c': { version: '3.0.0', optional: true }, 'node_modules/d': { version: '4.0.0', peer: true } }
const INSTALLED: Packages = { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.0.0' } }

/** A checkout with a lock file, and with what npm says that it installed. */
function checkout(installed: Packages | null): string {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'mingdan-checkout-'))
  onTestFinished(() => fs.rmSync(root, { recursive: true, force: true }))
  fs.writeFileSync(path.join(root, 'package-lock.json'), JSON.stringify({ packages: LOCKED }))
  if (installed) {
    fs.mkdirSync(path.join(root, 'node_modules'))
    fs.writeFileSync(path.join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages: installed }))
  }
  return root
}

test.for<{ what: string; installed: Packages | null; is: boolean }>([
  { what: 'a fresh clone', installed: null, is: false },
  { what: 'all that is needed', installed: INSTALLED, is: true },
  { what: 'a package that is missing', installed: { 'node_modules/a': { version: '1.0.0' } }, is: false },
  { what: 'a package of another version', installed: { ...INSTALLED, 'node_modules/b': { version: '2.0.1' } }, is: false },
  { what: 'more than is needed', installed: { ...INSTALLED, 'node_modules/e': { version: '5.0.0' } }, is: true },
])('npm start installs unless everything is there: $what', ({ installed, is }) => {
  expect(isInstalled(checkout(installed))).toBe(is)
})

test('an install that was broken off, before npm wrote its list, is done again', () => {
  const root = checkout(null)
  fs.mkdirSync(path.join(root, 'node_modules/a'), { recursive: true })
  expect(isInstalled(root)).toBe(false)
})

test('packages that lie elsewhere are left alone', () => {
  const [root, elsewhere] = [checkout(null), checkout(null)]
  fs.symlinkSync(elsewhere, path.join(root, 'node_modules'))
  expect(isInstalled(root)).toBe(true)
})
