import { listRegister, type RegisterLine } from '#db/views/agency-register.ts'
import type { Context } from '../context.ts'

const AT_ONCE = 200

export type { RegisterLine }

/** The whole register of agencies for everybody, in parts of two hundred; what the import reads, this writes. */
export async function* exportAgencies({ db }: Pick<Context, 'db'>): AsyncGenerator<RegisterLine[]> {
  for (let after = ''; ; ) {
    const part = await listRegister(db, { after, limit: AT_ONCE })
    if (part.length > 0) yield part
    if (part.length < AT_ONCE) return
    after = part.at(-1)!.uscc
  }
}
