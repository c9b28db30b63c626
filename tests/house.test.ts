import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { paths } from '#app/paths.ts'
import { bestOf, fits, routePatterns } from '#tests/support/route-patterns.ts'

const ROOT = path.resolve(import.meta.dirname, '..')
const LONG = 200
const LONGEST = 300
const FEW = 10
/** Addresses that nobody links to by function: machines build them by a standard, or they catch what is lost. */
const WITHOUT_FUNCTION = ['/ledger/tile/*', '/api/*', '/*', '/refused']

const routes = routePatterns()

test('every address of a page can be built by app/paths.ts, and leads somewhere', () => {
  const built = addresses(paths)
  const nowhere = built.filter(({ address }) => !routes.some(({ pattern }) => pattern !== '/*' && fits(pattern, address)))
  expect(nowhere).toEqual([])
  const unnamed = routes.filter(({ pattern }) => !WITHOUT_FUNCTION.includes(pattern) && !built.some(({ address }) => bestOf(address) === pattern))
  expect(unnamed.map(({ pattern }) => pattern)).toEqual([])
})

test('every route has its file, and every file of app/routes is a route or belongs to one', () => {
  const listed = routes.map(({ file }) => file)
  expect(listed.filter((file) => !fs.existsSync(path.join(ROOT, 'app', file)))).toEqual([])
  expect(new Set(listed).size).toBe(listed.length)
  const modules = filesBelow('app/routes', /\.(ts|tsx)$/).map((file) => path.relative(path.join(ROOT, 'app'), file))
  const sources = filesBelow('app/routes', /\.(ts|tsx)$/).map((file) => fs.readFileSync(file, 'utf8')).join('\n')
  const strays = modules.filter((file) => !listed.includes(file) && !sources.includes(`/${path.basename(file)}'`))
  expect(strays).toEqual([])
})

test('no page holds a sentence of its own: every text comes from app/words', () => {
  // The browser holds no words, so the page that broke there brings its own two sentences in both languages.
  const texts = filesBelow('app', /\.tsx$/).filter((file) => !file.endsWith('app/ui/broken.tsx')).flatMap(textsOf)
  expect(texts).toEqual([])
})

test('files are short: few are past two hundred lines, none is past three hundred', () => {
  const long = ['app', 'db', 'search', 'bin', 'tests']
    .flatMap((folder) => filesBelow(folder, /\.(ts|tsx|mjs)$/))
    .filter((file) => !/app\/words\//.test(file))
    .map((file) => ({ file: path.relative(ROOT, file), lines: fs.readFileSync(file, 'utf8').split('\n').length - 1 }))
    .filter(({ lines }) => lines > LONG)
  expect(long.filter(({ lines }) => lines > LONGEST)).toEqual([])
  expect(long.length, JSON.stringify(long)).toBeLessThanOrEqual(FEW)
})

test('the glossary names every storey of the domain', () => {
  const glossary = fs.readFileSync(path.join(ROOT, 'app/domain/README.md'), 'utf8')
  const storeys = glossary.split('\n\n').find((part) => part.startsWith('From the ground up'))!
  const named = [...storeys.matchAll(/`([a-z]+)`/g)].map(([, folder]) => folder)
  const folders = fs.readdirSync(path.join(ROOT, 'app/domain'), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name)
  expect(named.sort()).toEqual(folders.sort())
})

test('every public function of the domain, the search and the repositories says more than its signature', () => {
  const files = ['app/domain', 'search', 'db/repositories'].flatMap((folder) => filesBelow(folder, /\.ts$/))
  expect(files.flatMap(silentFunctionsOf)).toEqual([])
})

test('a test that puts something in a module’s place has modules of its own', () => {
  const config = fs.readFileSync(path.join(ROOT, 'vitest.config.ts'), 'utf8')
  const apart = [.../APART = \[(.*)\]/.exec(config)![1]!.matchAll(/'([^']+)'/g)].map(([, file]) => file)
  const mocking = filesBelow('tests', /\.test\.tsx?$/).filter((file) => /^\s*vi\.(mock|doMock|stubEnv|stubGlobal)\(/m.test(fs.readFileSync(file, 'utf8')))
  expect(apart).toEqual(mocking.map((file) => path.relative(ROOT, file)).sort())
})

test('the import rule fails where a noun knows the database, a page its tables, a tender a draw, the verifier the product', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mingdan-house-'))
  const write = (file: string, text: string) => {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
    fs.writeFileSync(path.join(folder, file), text)
  }
  write('tsconfig.json', '{}')
  write('package.json', '{"type":"module","imports":{"#app/*":"./app/*","#db/*":"./db/*"}}')
  write('db/client.ts', 'export const connect = 1')
  write('db/repositories/tenders.ts', 'export const find = 1')
  write('app/domain/awards/award.ts', 'export const award = 1')
  write('app/domain/tenders/tender.ts', `export { connect } from '#db/client.ts'\nexport { award } from '../awards/award.ts'`)
  write('app/domain/tenders/publish.server.ts', `export { find } from '#db/repositories/tenders.ts'`)
  write('app/routes/page.tsx', `export { find } from '#db/repositories/tenders.ts'`)
  write('bin/verify/verify.ts', `export { award } from '#app/domain/awards/award.ts'`)
  const broken = importFaults(folder)
  fs.rmSync(folder, { recursive: true, force: true })
  expect(broken).toEqual([
    'nouns-know-nobody: app/domain/tenders/tender.ts → db/client.ts',
    'pages: app/routes/page.tsx → db/repositories/tenders.ts',
    'storey-tenders: app/domain/tenders/tender.ts → app/domain/awards/award.ts',
    'verifier-stands-alone: bin/verify/verify.ts → app/domain/awards/award.ts',
  ])
})

function importFaults(folder: string): string[] {
  const command = [path.join(ROOT, 'node_modules/.bin/depcruise'), '--config', path.join(ROOT, '.dependency-cruiser.cjs'), '--output-type', 'json', 'app', 'db', 'bin']
  const output = runToTheEnd(command, folder)
  const { summary } = JSON.parse(output) as { summary: { violations: { from: string; to: string; rule: { name: string } }[] } }
  return summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} → ${to}`).sort()
}

function runToTheEnd(command: string[], cwd: string): string {
  try {
    return execFileSync(process.execPath, command, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (error) {
    return (error as { stdout: string }).stdout
  }
}

/** Every function of `paths`, called with a word for each parameter. */
function addresses(group: object, name = 'paths'): { name: string; address: string }[] {
  return Object.entries(group).flatMap(([key, value]) =>
    typeof value === 'function' ? [{ name: `${name}.${key}`, address: String((value as (...words: string[]) => string)(...Array(value.length).fill('word'))).split('?')[0]! }] : addresses(value as object, `${name}.${key}`),
  )
}

const WORDS_IN_IT = /\p{Script=Han}|\p{L}{3}/u
const SPOKEN = new Set(['title', 'alt', 'placeholder', 'aria-label', 'aria-description', 'label'])
/** The names of our own parts, on the page that shows them. */
const PARTS = /^[A-Z]\w+( · [A-Z]\w+)*$/

function textsOf(file: string): string[] {
  const source = ts.createSourceFile(file, fs.readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX)
  const found: string[] = []
  const visit = (node: ts.Node) => {
    if (ts.isJsxText(node) && WORDS_IN_IT.test(node.text)) found.push(node.text.trim())
    if (ts.isJsxExpression(node) && node.expression && ts.isStringLiteral(node.expression) && ts.isJsxElement(node.parent) && WORDS_IN_IT.test(node.expression.text)) found.push(node.expression.text)
    if (ts.isJsxAttribute(node) && SPOKEN.has(node.name.getText()) && node.initializer && ts.isStringLiteral(node.initializer) && /\p{Script=Han}|\s/u.test(node.initializer.text) && !PARTS.test(node.initializer.text)) found.push(node.initializer.text)
    if (ts.isStringLiteralLike(node) && /\p{Script=Han}{2}/u.test(node.text)) found.push(node.text)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return [...new Set(found)].map((text) => `${path.relative(ROOT, file)}: ${text}`)
}

/** The exported functions of a file, arrow functions too, that have no docstring or an empty one. */
function silentFunctionsOf(file: string): string[] {
  const source = ts.createSourceFile(file, fs.readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
  const silent = source.statements.filter((statement) => isExported(statement) && !ts.getJSDocCommentsAndTags(statement).some(saysSomething))
  return silent.flatMap(functionsIn).map((name) => `${path.relative(ROOT, file)}: ${name}`)
}

function isExported(statement: ts.Statement): boolean {
  return ts.canHaveModifiers(statement) && Boolean(ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))
}

function saysSomething(doc: ts.JSDoc | ts.JSDocTag): boolean {
  return Boolean(doc.comment?.length) || (ts.isJSDoc(doc) && Boolean(doc.tags?.length))
}

function functionsIn(statement: ts.Statement): string[] {
  if (ts.isFunctionDeclaration(statement)) return [statement.name?.text ?? 'default']
  if (!ts.isVariableStatement(statement)) return []
  const { declarations } = statement.declarationList
  return declarations.filter(({ initializer }) => initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer))).map(({ name }) => name.getText())
}

function filesBelow(folder: string, kind: RegExp): string[] {
  const top = path.join(ROOT, folder)
  if (!fs.existsSync(top)) return []
  const entries = fs.readdirSync(top, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && kind.test(entry.name))
  return entries.map((entry) => path.join(entry.parentPath, entry.name)).sort()
}
