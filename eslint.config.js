import tseslint from 'typescript-eslint'

const CLEARANCE = { selector: "TSAsExpression > TSTypeReference[typeName.name='Clearance']", message: 'A clearance is minted by clearTender alone (house rule 9).' }
const ENVIRONMENT = { selector: "MemberExpression[object.name='process'][property.name='env']", message: 'Only app/config.server.ts reads the environment.' }
const NOW = { selector: "NewExpression[callee.name='Date'][arguments.length=0], CallExpression[callee.object.name='Date'][callee.property.name='now']", message: 'The hour comes from context.clock (house rule 3).' }
const SQL_NOW = { selector: 'TemplateElement[value.raw=/\\bnow\\(\\)|current_timestamp/i]', message: 'SQL never asks for now(): the hour comes from context.clock (house rule 3).' }

export default tseslint.config(
  { ignores: ['build/**', 'node_modules/**', 'data/**', 'public/**', 'coverage/**'] },
  ...tseslint.configs.recommended,
  {
    rules: {
      eqeqeq: ['error', 'always'],
      'no-console': 'error',
      'no-restricted-syntax': ['error', CLEARANCE],
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' }],
      // vitest and playwright read which fixtures a test wants from an empty pattern.
      'no-empty-pattern': 'off',
    },
  },
  { files: ['app/**', 'search/**'], ignores: ['app/config.server.ts'], rules: { 'no-restricted-syntax': ['error', CLEARANCE, ENVIRONMENT] } },
  { files: ['app/domain/**', 'db/repositories/**', 'db/views/**'], rules: { 'no-restricted-syntax': ['error', CLEARANCE, ENVIRONMENT, NOW, SQL_NOW] } },
  // A key's birthday and an entry's `recordedAt` are the machine's own, beside the `at` of the act.
  { files: ['app/domain/ledger/keyring.server.ts', 'app/domain/chance.server.ts'], rules: { 'no-restricted-syntax': ['error', CLEARANCE, ENVIRONMENT] } },
  { files: ['bin/**', 'db/*.ts', 'db/seeds/**', 'tests/**', 'app/server.ts', 'app/worker.ts'], rules: { 'no-console': 'off' } },
  { files: ['app/**', 'db/**', 'search/**', 'bin/**'], ignores: ['app/routes/**', 'app/root.tsx', 'app/entry.*.tsx', 'app/ui/**'], rules: { 'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true, namedFrom: true, namespaceFrom: true } }] } },
)
