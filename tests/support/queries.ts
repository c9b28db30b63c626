/** What a piece of work asks of the database, statement by statement. */
export async function queriesOf(db: { on: (event: 'query', heard: (query: { sql: string }) => void) => unknown; removeListener: (event: 'query', heard: (query: { sql: string }) => void) => unknown }, work: () => Promise<unknown>): Promise<string[]> {
  const sent: string[] = []
  const hear = ({ sql }: { sql: string }) => void sent.push(sql)
  db.on('query', hear)
  await work()
  db.removeListener('query', hear)
  return sent
}
