import type { Context } from '#app/domain/context.ts'
import { showFrame as frameView, type FrameView } from '#db/views/frame.ts'

/** What stands around every page. Anybody may see it; it refuses nothing. */
export function showFrame(context: Context): Promise<FrameView> {
  return frameView(context.db)
}
