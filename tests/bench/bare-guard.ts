import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import pg from 'pg'
import { anyOf, decode, renewer } from './captured.ts'

/**
 * What the guard is measured against: node:http, a pool of the same size, and the very statements that the guard sends.
 * Nothing is parsed, judged or signed here. As `prepared` it also has the database keep the statements ready, as the guard does:
 * a stricter yardstick than the same SQL sent plainly.
 */
const { statements, fresh, item, items, answer } = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as { statements: string; fresh: string[]; item: string; items: string[]; answer: string }
const prepared = process.argv[3] === 'prepared'
const renewed = renewer(decode(statements), fresh)
const pool = new pg.Pool({
  connectionString: process.env['DATABASE_URL']!,
  max: 10,
  options: '-c role=mingdan_app -c statement_timeout=10000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=15000 -c timezone=UTC -c join_collapse_limit=4',
})

createServer((request, response) => {
  if (request.method === 'GET') return void response.end('ready')
  request.resume().on('end', () => {
    run().then(
      () => response.writeHead(201, { 'Content-Type': 'application/json' }).end(answer),
      (error: Error) => response.writeHead(500).end(error.message),
    )
  })
}).listen(Number(process.env['PORT']), '127.0.0.1')

async function run(): Promise<void> {
  const client = await pool.connect()
  try {
    const demanded = anyOf(items)
    for (const [place, { sql, values: given }] of renewed().entries()) {
      const values = given.map((value) => (value === item ? demanded : value))
      await client.query(prepared && values.length ? { name: `s${place}`, text: sql, values } : { text: sql, values })
    }
    client.release()
  } catch (error) {
    client.release(true)
    throw error
  }
}

