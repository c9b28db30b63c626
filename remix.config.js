/** Remix's options and the table of every URL; `app/paths.ts` says the same as functions. */
const PAGES = [
  ['/', 'public/home.tsx', { index: true }],
  ['language', 'public/language.ts'],
  ['catalogue', 'public/catalogue.tsx'],
  ['catalogue/versions', 'public/catalogue-versions.tsx'],
  ['catalogue/:code', 'public/listing.tsx'],
  ['catalogue/:code/qr.svg', 'public/listing-qr.ts'],
  ['approval-items', 'public/approval-items.tsx'],
  ['approval-items/:code', 'public/approval-item.tsx'],
  ['ask', 'public/ask.tsx'],
  ['decisions/:id', 'public/decision.tsx'],
  ['tenders', 'public/tenders.tsx'],
  ['tenders/:number', 'public/tender.tsx'],
  ['tenders/:number/bundle.json', 'public/bundle.ts'],
  ['tenders/:number/bid', 'agency/bid.tsx'],
  ['bids/:id/receipt.txt', 'agency/receipt.ts'],
  ['results', 'public/results.tsx'],
  ['agencies', 'public/agencies.tsx'],
  ['agencies/:uscc', 'public/agency.tsx'],
  ['agencies/files/:file', 'public/agencies-file.ts'],
  ['supervision', 'public/supervision.tsx'],
  ['open-data', 'public/open-data.tsx'],
  ['accessibility', 'public/accessibility.tsx'],
  ['about', 'public/about.tsx'],

  ['ledger', 'public/ledger.tsx'],
  ['ledger/entries/:id', 'public/ledger-entry.tsx'],
  ['ledger/stories/:subject', 'public/ledger-story.tsx'],
  ['ledger/consistency', 'public/ledger-consistency.tsx'],
  ['ledger/checkpoint', 'api/ledger-checkpoint.ts'],
  ['ledger/tile/*', 'api/ledger-tile.ts'],
  ['ledger/payload/:hash', 'api/ledger-payload.ts'],
  ['.well-known/mingdan-keys.json', 'api/keys.ts'],

  ['sign-in', 'account/sign-in.tsx'],
  ['sign-out', 'account/sign-out.ts'],
  ['register', 'account/register.tsx'],
  ['register/agency/check', 'account/register-check.tsx'],
  ['register/agency/:step', 'account/register-step.tsx'],
  ['account/sessions', 'account/sessions.tsx'],

  ['agency', 'agency/desk.tsx'],
  ['agency/offerings', 'agency/offerings.tsx'],
  ['agency/offerings/new', 'agency/new-offering.tsx'],
  ['agency/offerings/:id', 'agency/edit-offering.tsx'],
  ['agency/profile', 'agency/profile.tsx'],
  ['agency/qualifications', 'agency/qualifications.tsx'],
  ['agency/practitioners', 'agency/practitioners.tsx'],
  ['agency/documents/:id', 'agency/document.ts'],

  ['owner', 'owner/desk.tsx'],
  ['owner/projects/new', 'owner/new-project.tsx'],
  ['owner/projects/:code', 'owner/project.tsx'],
  ['owner/projects/:code/facts', 'owner/project-facts.tsx'],
  ['owner/tenders/new', 'owner/new-tender.tsx'],
  ['owner/tenders/:id', 'owner/draft.tsx'],

  ['authority', 'authority/desk.tsx'],
  ['authority/demands/new', 'authority/new-demand.tsx'],

  ['regulator', 'regulator/desk.tsx'],
  ['regulator/demands', 'regulator/demands.tsx'],
  ['regulator/catalogue', 'regulator/governance.tsx'],
  ['regulator/catalogue/adopt', 'regulator/adopt-listing.tsx'],
  ['regulator/catalogue/:code/retire', 'regulator/retire-listing.tsx'],

  ['operator', 'operator/desk.tsx'],
  ['operator/agencies', 'operator/agencies.tsx'],
  ['operator/agencies/:uscc', 'operator/check-agency.tsx'],
  ['operator/imports', 'operator/imports.tsx'],
  ['operator/imports/:id', 'operator/import-report.tsx'],
  ['operator/imports/:id/:file', 'operator/import-file.ts'],
  ['operator/parts', 'operator/parts.tsx'],

  ['oauth/token', 'api/token.ts'],
  ['api/v1/catalogue', 'api/catalogue.ts'],
  ['api/v1/guard/decisions', 'api/decisions.ts'],
  ['api/v1/guard/decisions/:id', 'api/decision.ts'],
  ['api/v1/guard/validations', 'api/validations.ts'],
  ['*', 'public/not-found.tsx'],
]

/** @type {import('@remix-run/dev').VitePluginConfig} */
export default {
  ignoredRouteFiles: ['**/*'],
  future: {
    v3_fetcherPersist: true,
    v3_lazyRouteDiscovery: true,
    v3_relativeSplatPath: true,
    v3_singleFetch: true,
    v3_throwAbortReason: true,
  },
  routes: (defineRoutes) =>
    defineRoutes((route) => {
      for (const [path, file, options] of PAGES) route(path, `routes/${file}`, options ?? {})
    }),
}
