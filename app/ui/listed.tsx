import type { ReactNode } from 'react'
import { Button } from './button.tsx'

export type ListedItem = { id: string; title: ReactNode; note?: ReactNode }

/** Things that were added to a form, each with a button of its own to take it out again. */
export function Listed({ items, action, remove, removeOf }: { items: readonly ListedItem[]; action: string; remove: string; removeOf: (item: ListedItem) => string }) {
  if (!items.length) return null
  return (
    <ul className="rows">
      {items.map((item) => (
        <li key={item.id}>
          <div>
            <span className="font-medium">{item.title}</span>
            {item.note ? <div className="row-note">{item.note}</div> : null}
          </div>
          <div>
            <form method="post" action={action}>
              <input type="hidden" name="intent" value="remove" />
              <input type="hidden" name="id" value={item.id} />
              <Button kind="quiet" small aria-label={removeOf(item)}>
                {remove}
              </Button>
            </form>
          </div>
        </li>
      ))}
    </ul>
  )
}
