import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { fetchBytes, Fork, look } from './witness/look.ts'
import { mirror } from './witness/mirror.ts'
import { WitnessStore } from './witness/store.ts'

const USAGE = `Usage: npm run witness -- <address> --store <folder> [options]

  <address>        of the marketplace, e.g. https://mingdan.example
  --store <folder> where to keep checkpoints and this witness's own key
  --key <vkey>     a verifier key of the log that you trust; without one the first look trusts the site's own
  --name <name>    how this witness calls itself; this machine's name unless said
  --every <n>      look every n seconds (30)
  --entries        keep the entries too, so that a restored backup can get back what came after it
  --once           look once and end

Run it on a machine that the marketplace's operator does not hold. Exit code 1: the log shows another past than before.`

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      store: { type: 'string' },
      key: { type: 'string', multiple: true },
      name: { type: 'string', default: hostname() },
      every: { type: 'string', default: '30' },
      entries: { type: 'boolean' },
      once: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  const [address] = positionals
  if (values.help || !address || !values.store) {
    console.log(USAGE)
    return values.help ? 0 : 2
  }
  const site = address.replace(/\/$/, '')
  const name = `${values.name.replace(/[\s+]/g, '-')}/mingdan-witness`
  const store = new WitnessStore(values.store)
  const seconds = Math.max(1, Number(values.every) || 30)
  for (;;) {
    try {
      await look({ site, name, store, keys: values.key ?? [], say: (line) => console.log(`${new Date().toISOString()} ${line}`) })
      if (values.entries) await mirror(site, store, fetchBytes)
    } catch (error) {
      if (error instanceof Fork) {
        console.error(`\n*** THE LOG CANNOT BE TRUSTED ***\n${error.message}\n`)
        return 1
      }
      console.error(`${new Date().toISOString()} Could not look: ${(error as Error).message}`)
      if (values.once) return 2
    }
    if (values.once) return 0
    await sleep(seconds * 1000)
  }
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 2
}
