import { hash, verify } from '@node-rs/argon2'

/**
 * Argon2id with 19 MiB, two passes, one lane: the parameters of OWASP's password storage sheet (2023).
 * The words of the algorithm's number: 2 is Argon2id.
 */
const PARAMETERS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const
const MARK = `$argon2id$v=19$m=${PARAMETERS.memoryCost},t=${PARAMETERS.timeCost},p=${PARAMETERS.parallelism}$`

/** A password that was hashed before. No form can send one: seeds that open a hundred accounts hash theirs once. */
export type Hashed = { readonly hashed: string }

/** Argon2id as one text that holds its salt and parameters; for passwords and API secrets alike. Slow on purpose, so never while a row is held. What is hashed already is passed on. */
export async function hashPassword(password: string | Hashed): Promise<string> {
  return typeof password === 'string' ? hash(password, PARAMETERS) : password.hashed
}

/** False also where the stored hash cannot be read: it never throws, so a damaged row is no more than a wrong password. */
export async function passwordMatches(passwordHash: string, password: string): Promise<boolean> {
  return verify(passwordHash, password).catch(() => false)
}

/** Was this hash made with other parameters than today's? Then the next sign-in makes it anew. */
export function isOutdated(passwordHash: string): boolean {
  return !passwordHash.startsWith(MARK)
}

let nobodys: Promise<string> | undefined

/** The same work as for a name that exists, so that the time of the answer does not tell which names do. */
export async function wasteTheSameTime(password: string): Promise<void> {
  nobodys ??= hashPassword('nobody has this password')
  await passwordMatches(await nobodys, password)
}
