import { readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'

/** An upload stands on the disk before the row that names it: nothing younger than a day is looked at. */
const GRACE_MS = 24 * 3_600_000
const NAME = /^([0-9a-f]{64})(\.going)?$/

/**
 * Deletes the files that no row names any longer: papers of expired, discarded or changed registration drafts.
 *
 * Rows go first and files follow, never the other way: a kill in between leaves a file that nothing names, which the next
 * round finds by walking the folder, and never a row whose file is gone. A file is put aside before it is deleted, so that
 * whoever brings the same bytes meanwhile has either touched it, and it is put back, or finds it gone and writes it anew.
 *
 * @param findNamed which of these hashes some row names
 * @returns how many files were deleted
 */
export async function sweepUploads({ at, dataDir, findNamed }: { at: Date; dataDir: string; findNamed: (hashes: readonly string[]) => Promise<ReadonlySet<string>> }): Promise<number> {
  const root = path.join(dataDir, 'files')
  const isOld = async (file: string) => ((await stat(file).catch(() => null))?.mtimeMs ?? Infinity) < at.getTime() - GRACE_MS
  let swept = 0
  for (const shard of await readdir(root).catch(() => [])) {
    const folder = path.join(root, shard)
    const found: { sha256: string; file: string; aside: boolean }[] = []
    for (const name of await readdir(folder).catch(() => [])) {
      const [, sha256, going] = NAME.exec(name) ?? []
      const file = path.join(folder, name)
      if (sha256 && (going || (await isOld(file)))) found.push({ sha256, file, aside: Boolean(going) })
    }
    const named = await findNamed(found.map(({ sha256 }) => sha256))
    for (const { sha256, file, aside } of found) {
      if (named.has(sha256) && !aside) continue
      const place = path.join(folder, sha256)
      const going = `${place}.going`
      if (!aside) await rename(file, going)
      // A kill left it aside, or somebody touched it just now: it goes back unless its bytes came again by themselves.
      if ((named.has(sha256) || !(await isOld(going))) && !(await stat(place).catch(() => null))) await rename(going, place)
      else {
        await rm(going, { force: true })
        swept += 1
      }
    }
  }
  return swept
}
