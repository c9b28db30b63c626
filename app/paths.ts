const part = encodeURIComponent

/** Every internal URL, once. `remix.config.js` holds the same table as patterns; tests/house.test.ts walks both. */
export const paths = {
  home: () => '/',
  language: () => '/language',
  search: (query: SearchQuery = {}) => withQuery('/search', query),
  suggest: (query: { q?: string } = {}) => withQuery('/search/suggest', query),
  catalogue: (query: CatalogueQuery = {}) => withQuery('/catalogue', query),
  catalogueVersions: () => '/catalogue/versions',
  listing: (code: string, query: { on?: string; done?: string } = {}) => withQuery(`/catalogue/${part(code)}`, query),
  listingQr: (code: string) => `/catalogue/${part(code)}/qr.svg`,
  approvalItems: (query: { stage?: string } = {}) => withQuery('/approval-items', query),
  approvalItem: (code: string) => `/approval-items/${part(code)}`,
  ask: (query: { service?: string; item?: string } = {}) => withQuery('/ask', query),
  decision: (id: string) => `/decisions/${part(id)}`,
  tenders: (query: { state?: string; before?: string } = {}) => withQuery('/tenders', query),
  tender: (number: string) => `/tenders/${part(number)}`,
  bundle: (number: string) => `/tenders/${part(number)}/bundle.json`,
  bid: (number: string) => `/tenders/${part(number)}/bid`,
  receipt: (bidId: string) => `/bids/${part(bidId)}/receipt.txt`,
  results: (query: { before?: string } = {}) => withQuery('/results', query),
  agencies: (query: { service?: string; before?: string } = {}) => withQuery('/agencies', query),
  agency: (uscc: string) => `/agencies/${part(uscc)}`,
  supervision: () => '/supervision',
  ledger: (query: { before?: string | number; find?: string } = {}) => withQuery('/ledger', query),
  ledgerEntry: (id: string) => `/ledger/entries/${part(id)}`,
  ledgerStory: (subject: string, query: { after?: string | number } = {}) => withQuery(`/ledger/stories/${part(subject)}`, query),
  ledgerConsistency: (query: { from?: number; to?: number } = {}) => withQuery('/ledger/consistency', query),
  checkpoint: () => '/ledger/checkpoint',
  payload: (hash: string) => `/ledger/payload/${part(hash)}`,
  keys: () => '/.well-known/mingdan-keys.json',
  openData: () => '/open-data',
  accessibility: () => '/accessibility',
  about: () => '/about',
  signIn: (query: { next?: string } = {}) => withQuery('/sign-in', query),
  signOut: () => '/sign-out',
  register: (query: { as?: string } = {}) => withQuery('/register', query),
  sessions: (query: { done?: string; count?: number } = {}) => withQuery('/account/sessions', query),
  agencyDesk: (query: { done?: string } = {}) => withQuery('/agency', query),
  agencyDocument: (id: string) => `/agency/documents/${part(id)}`,
  newOffering: (query: { service?: string; q?: string } = {}) => withQuery('/agency/offerings/new', query),
  offerings: (query: { done?: string } = {}) => withQuery('/agency/offerings', query),
  ownerDesk: (query: { done?: string; before?: string } = {}) => withQuery('/owner', query),
  newProject: () => '/owner/projects/new',
  project: (code: string, query: { done?: string } = {}) => withQuery(`/owner/projects/${part(code)}`, query),
  projectFacts: (code: string) => `/owner/projects/${part(code)}/facts`,
  newTender: (query: { project?: string; service?: string } = {}) => withQuery('/owner/tenders/new', query),
  draft: (id: string) => `/owner/tenders/${part(id)}`,
  authorityDesk: () => '/authority',
  newDemand: (query: { service?: string | undefined; item?: string | undefined } = {}) => withQuery('/authority/demands/new', query),
  regulatorDesk: () => '/regulator',
  demands: (query: { verdict?: string; before?: string } = {}) => withQuery('/regulator/demands', query),
  governance: (query: { after?: string } = {}) => withQuery('/regulator/catalogue', query),
  adoptListing: (query: { code?: string } = {}) => withQuery('/regulator/catalogue/adopt', query),
  retireListing: (code: string) => `/regulator/catalogue/${part(code)}/retire`,
  operatorDesk: () => '/operator',
  parts: () => '/operator/parts',
  api: {
    token: () => '/oauth/token',
    catalogue: (query: { division?: string; on?: string } = {}) => withQuery('/api/v1/catalogue', query),
    decisions: () => '/api/v1/guard/decisions',
    decision: (id: string) => `/api/v1/guard/decisions/${part(id)}`,
    validations: () => '/api/v1/guard/validations',
  },
}

export type CatalogueQuery = { q?: string; category?: string; stage?: string; authority?: string; nature?: string; on?: string; after?: string }

export type SearchQuery = { q?: string; kind?: string | undefined; category?: string; nature?: string; division?: string; service?: string; state?: string; year?: string; page?: number | undefined }

function withQuery(path: string, query: Record<string, string | number | undefined>): string {
  const search = new URLSearchParams(Object.entries(query).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, String(value)]])))
  return search.size ? `${path}?${search}` : path
}
