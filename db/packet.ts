import pg from 'pg'

/** A statement under the name by which each connection keeps it prepared. */
type Named = { name: string; text: string }
/** What the driver sends of the extended protocol (PostgreSQL's documentation, 54.2.3), below its own queries. */
type Wire = { stream: { cork: () => void; uncork: () => void } } & Record<'close' | 'parse' | 'bind' | 'describe' | 'execute', (message: object) => void> & { sync: () => void }
export type Connection = { query: (query: pg.Query | string) => unknown; connection: Wire }
type Column = { name: string; read: (text: string) => unknown }
type Packet = { before?: readonly Named[]; main: Named; values: unknown[]; after?: readonly Named[] }

/** What each connection has ready, with the columns of the rows that it answers in. */
const ready = new WeakMap<Wire, Map<string, Column[]>>()

/**
 * Sends a statement with what goes before and after it in one packet, to be answered at once. A connection parses a statement the
 * first time only, and says then what its columns are: the driver by itself asks that at every call, and makes a question of its
 * own of BEGIN and of COMMIT. After a failure the database leaves out the rest of the packet.
 *
 * @param values texts and bytes, as `valuesOf` makes them
 * @returns the rows of the statement in the middle
 */
export async function sendPacket<R>(connection: Connection, { before = [], main, values, after = [] }: Packet): Promise<R[]> {
  const wire = connection.connection
  const known = ready.get(wire) ?? new Map<string, Column[]>()
  ready.set(wire, known)
  const all = [...before, main, ...after]
  const fresh = all.filter(({ name }) => !known.has(name))
  let columns = known.get(main.name) ?? []
  const rows: (string | null)[][] = []
  const write = (statement: Named, bound: unknown[]) => {
    const isFresh = fresh.includes(statement)
    // It may be there, from a packet that failed.
    if (isFresh) wire.close({ type: 'S', name: statement.name })
    if (isFresh) wire.parse(statement)
    wire.bind({ statement: statement.name, values: bound })
    if (isFresh && statement === main) wire.describe({ type: 'P', name: '' })
    wire.execute({})
  }
  await new Promise<void>((resolve, reject) => {
    const question = new pg.Query('', [], (error) => (error ? reject(error) : resolve()))
    connection.query(
      Object.assign(question, {
        submit() {
          wire.stream.cork()
          for (const statement of all) write(statement, statement === main ? values : [])
          wire.sync()
          wire.stream.uncork()
          return null
        },
        handleRowDescription: ({ fields }: { fields: pg.FieldDef[] }) => void (columns = fields.map(({ name, dataTypeID }) => ({ name, read: pg.types.getTypeParser(dataTypeID, 'text') }))),
        handleDataRow: ({ fields }: { fields: (string | null)[] }) => void rows.push(fields),
        handleCommandComplete() {},
      }) as unknown as pg.Query,
    )
  }).catch((error: Error) => {
    // What failed is made ready anew: a migration may have changed what it answers.
    for (const { name } of all) known.delete(name)
    // The error was made where the answer came in; where it was asked for is here.
    Error.captureStackTrace(error)
    throw error
  })
  for (const { name } of fresh) known.set(name, name === main.name ? columns : [])
  return rows.map((row) => Object.fromEntries(columns.map(({ name, read }, place) => [name, row[place] === null ? null : read(row[place]!)])) as R)
}
