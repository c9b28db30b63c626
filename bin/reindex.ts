import { theConfig } from '#app/config.server.ts'
import { connect } from '#db/client.ts'
import { reindex } from '#search/reindex.ts'
import { openSearch } from '#search/search.ts'

const config = theConfig()
const db = connect(config.databaseUrl, 'app', { most: 2, asRole: config.databaseRoles })
const began = performance.now()
try {
  const total = await reindex(db, openSearch(db), (kind, documents) => console.log(`${kind}: ${documents}`))
  console.log(`${total} documents in ${((performance.now() - began) / 1000).toFixed(1)} s. Until now everybody found what was there before.`)
} finally {
  await db.destroy()
}
