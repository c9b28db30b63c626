import { Outlet } from '@remix-run/react'

export default function Document() {
  return (
    <html lang="zh-CN">
      <head>
        <meta charSet="utf-8" />
        <title>-</title>
      </head>
      <body>
        <Outlet />
      </body>
    </html>
  )
}
