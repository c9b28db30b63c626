import { dayOf } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import { showHome as homeView, type HomeView } from '#db/views/home.ts'

/** The front page as it stands now; `at` is the database's hour. Anybody may see it. */
export async function showHome({ db, clock }: Context): Promise<HomeView & { at: Date }> {
  const at = await clock.read(db)
  return { ...(await homeView(db, { at, on: dayOf(at) })), at }
}
