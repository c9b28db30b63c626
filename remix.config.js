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
  ['tenders/:number/questions', 'public/questions.tsx'],
  ['tenders/:number/award', 'public/award.tsx'],
  ['tenders/:number/decline', 'agency/decline.tsx'],
  ['tenders/:number/republish', 'owner/publish-again.tsx'],
  ['tenders/:number/bid', 'agency/bid.tsx'],
  ['bids/:id/receipt.txt', 'agency/receipt.ts'],
  ['results', 'public/results.tsx'],
  ['agencies', 'public/agencies.tsx'],
  ['agencies/:uscc', 'public/agency.tsx'],
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
  ['account/kept-form', 'account/kept-form.tsx'],
  ['account/sessions', 'account/sessions.tsx'],
  ['inbox', 'account/inbox.tsx'],
  ['inbox/:id', 'account/message.ts'],

  ['agency', 'agency/desk.tsx'],
  ['agency/offerings', 'agency/offerings.tsx'],
  ['agency/offerings/new', 'agency/new-offering.tsx'],
  ['agency/documents/:id', 'agency/document.ts'],

  ['owner', 'owner/desk.tsx'],
  ['owner/projects', 'owner/projects.tsx'],
  ['owner/projects/new', 'owner/new-project.tsx'],
  ['owner/projects/:code', 'owner/project.tsx'],
  ['owner/projects/:code/facts', 'owner/project-facts.tsx'],
  ['owner/tenders', 'owner/own-tenders.tsx'],
  ['owner/tenders/new', 'owner/new-tender.tsx'],
  ['owner/tenders/:id', 'owner/draft.tsx'],
  ['owner/tenders/:id/edit', 'owner/edit-draft.tsx'],
  ['owner/tenders/:id/preview', 'owner/preview-draft.tsx'],

  ['authority', 'authority/desk.tsx'],
  ['authority/demands/new', 'authority/new-demand.tsx'],

  ['regulator', 'regulator/desk.tsx'],
  ['regulator/demands', 'regulator/demands.tsx'],
  ['regulator/catalogue', 'regulator/governance.tsx'],
  ['regulator/catalogue/adopt', 'regulator/adopt-listing.tsx'],
  ['regulator/catalogue/:code/retire', 'regulator/retire-listing.tsx'],

  ['operator', 'operator/desk.tsx'],
  ['operator/find', 'operator/find.tsx'],
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
