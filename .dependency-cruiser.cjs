/**
 * Who may import whom (docs/decisions/008). The first row whose `from` fits a file counts for it:
 * a row leaves out what the rows above it have taken. Every arrow goes down.
 */
const INDEPENDENT = '^bin/verify(/|\\.)'
const FIRST_SCRIPTS = '^bin/[^/]+\\.mjs$'
const ENTRANCES = '^(db/seeds/|app/(server|worker)\\.ts$|app/rounds/|bin/)'
const NOUNS = '^app/domain/'
const VERBS = '^app/domain/.+\\.server\\.ts$'
const WORDS = '^app/(words/|paths\\.ts$)'
const CONFIG = '^app/config\\.server\\.ts$'
const PAGES = '^app/(routes/|root\\.tsx$|entry\\.|nonce\\.ts$|styles\\.css$)'
/** The verifier's checks run in the reader's browser too (docs/decisions/012); its command does not. */
const CHECKS = '^bin/verify/'
const OURS = '^(app|db|search|bin|tests)/'

/** From the ground up: a folder of `app/domain` may import those below it and itself. */
const STOREYS = [
  ['ledger', 'notices', 'divisions'],
  ['accounts'],
  ['catalogue'],
  ['governance'],
  ['agencies', 'projects'],
  ['cases'],
  ['guard'],
  ['tenders'],
  ['bids'],
  ['draw'],
  ['awards'],
  ['contracts'],
  ['payments'],
  ['evaluation'],
  ['oversight', 'search', 'events', 'exchange'],
  ['desks'],
]

/** A row of the table: what `from` may reach among our own files; everything else of ours is forbidden. */
function row(name, comment, from, allowed, extra = {}) {
  return { name, comment, severity: 'error', from, to: { path: OURS, pathNot: allowed, ...extra } }
}

module.exports = {
  forbidden: [
    row('verifier-stands-alone', 'The verifier shares no module with what it verifies.', { path: INDEPENDENT }, [INDEPENDENT]),
    {
      name: 'first-scripts-need-nothing',
      comment: 'They run before the install, on an older Node.',
      severity: 'error',
      from: { path: FIRST_SCRIPTS, pathNot: '^bin/(bench|faults)' },
      to: { path: ['^node_modules/', '\\.ts$'] },
    },
    row('outside-stands-outside', 'What stands for somebody else’s program knows the contract alone.', { path: '^tests/outside/' }, ['^tests/outside/']),
    row('entrances', 'Processes of Node alone reach everything below the pages, and no .tsx.', { path: ENTRANCES, pathNot: [INDEPENDENT] }, [ENTRANCES, NOUNS, WORDS, CONFIG, '^(db|search)/', '^app/http/', '^tests/']),
    row('nouns-know-nobody', 'A noun is a pure rule.', { path: NOUNS, pathNot: VERBS }, ['^app/domain/(?!.+\\.server\\.ts$)', WORDS]),
    { name: 'nouns-know-words-as-types', severity: 'error', from: { path: NOUNS, pathNot: VERBS }, to: { path: WORDS, dependencyTypesNot: ['type-only'] } },
    {
      name: 'nouns-are-pure',
      comment: 'zod, cryptography and the calendar; no file, no socket, no database.',
      severity: 'error',
      from: { path: NOUNS, pathNot: VERBS },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core', 'npm-no-pkg', 'npm-unknown'], pathNot: ['^(node:)?(crypto|buffer)$', 'node_modules/(zod|chinese-days|shamir-secret-sharing|@noble|@hpke)(/|$)'], dependencyTypesNot: ['type-only'] },
    },
    row('words-and-paths', 'They know the types of nouns and nothing else.', { path: WORDS }, [WORDS, '^app/domain/(?!.+\\.server\\.ts$)']),
    { name: 'words-know-nouns-as-types', severity: 'error', from: { path: WORDS }, to: { path: NOUNS, dependencyTypesNot: ['type-only'] } },
    row('db-knows-nouns', 'Repositories know nouns.', { path: '^db/', pathNot: ENTRANCES }, ['^db/(?!seeds/)', '^app/domain/(?!.+\\.server\\.ts$)', CONFIG]),
    row('search-knows-db', 'The index is filled from rows.', { path: '^search/' }, ['^search/', '^db/(client\\.ts$|repositories/|views/)', '^app/domain/(?!.+\\.server\\.ts$)', CONFIG]),
    row('verbs', 'Verbs know repositories.', { path: VERBS }, [NOUNS, '^db/(client\\.ts$|repositories/|views/)', '^search/', CONFIG]),
    row('http', 'The edge knows verbs.', { path: '^app/http/' }, ['^app/http/', NOUNS, '^db/client\\.ts$', CONFIG, WORDS, '^app/nonce\\.ts$']),
    row('ui', 'Parts of pages know nouns, never verbs.', { path: '^app/ui/' }, ['^app/ui/', '^app/domain/(?!.+\\.server\\.ts$)', WORDS, '^app/nonce\\.ts$']),
    row('client', 'Small scripts of the browser know nouns, and the verifier.', { path: '^app/client/' }, ['^app/client/', CHECKS, '^app/domain/(?!.+\\.server\\.ts$)']),
    { name: 'client-without-node', severity: 'error', from: { path: '^app/client/' }, to: { dependencyTypes: ['core'] } },
    row('pages', 'Pages know verbs, never the database.', { path: PAGES }, [PAGES, NOUNS, '^app/http/', '^app/ui/', WORDS]),
    row('config-knows-nobody', 'Configuration is read before anything else.', { path: CONFIG }, []),
    ...storeys(),
    { name: 'no-circles', comment: 'Two files that need one another are one file.', severity: 'error', from: { path: OURS }, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'nothing-missing', severity: 'error', from: { path: OURS }, to: { couldNotResolve: true, pathNot: '^virtual:' } },
    { name: 'nothing-undeclared', comment: 'What is used stands in package.json.', severity: 'error', from: { path: OURS }, to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(build|node_modules/\\.cache)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}

function storeys() {
  return STOREYS.flatMap((folders, height) => {
    const above = STOREYS.slice(height + 1).flat()
    return above.length === 0 ? [] : [{
      name: `storey-${folders.join('-')}`,
      comment: 'What must flow back up flows as rows: a lower folder reads a view, and never imports from above.',
      severity: 'error',
      from: { path: `^app/domain/(${folders.join('|')})/` },
      // The rule of the draw stands on the ground: a publication promises it before there is anything to draw.
      to: { path: `^app/domain/(${above.join('|')})/`, pathNot: '^app/domain/draw/(awaited|draw|lottery|terms)\\.ts$', dependencyTypesNot: ['type-only'] },
    }]
  })
}
