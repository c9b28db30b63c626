const SHAPES = {
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14Zm5 12 4 4',
  menu: 'M4 7h16M4 12h16M4 17h16',
  next: 'm9 5 7 7-7 7',
  previous: 'm15 5-7 7 7 7',
  up: 'm6 14 6-6 6 6',
  down: 'm6 10 6 6 6-6',
  allowed: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm-4 9.5 2.8 2.8L16 9.5',
  refused: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM7.5 12h9',
  info: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 8v5.5m0-9v.1',
  question: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm-2.5 6.8a2.5 2.5 0 1 1 3.6 2.2c-.7.4-1.1.9-1.1 1.7m0 2.8v.1',
  warning: 'M12 4 2.8 20h18.4L12 4Zm0 6v5m0 2.6v.1',
  file: 'M6 3h8l4 4v14H6V3Zm8 0v4h4',
  download: 'M12 4v11m-5-4 5 5 5-5M5 20h14',
  print: 'M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7v-6Z',
  mail: 'M3 6h18v12H3V6Zm0 1 9 7 9-7',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 4v5.5l3.5 2',
}

export type IconName = keyof typeof SHAPES

/** A small drawing. Without a title it is decoration beside a word; with one it stands for that word. */
export function Icon({ name, title }: { name: IconName; title?: string }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" role={title ? 'img' : undefined} aria-hidden={title ? undefined : true} focusable="false">
      {title ? <title>{title}</title> : null}
      <path d={SHAPES[name]} />
    </svg>
  )
}
