import { createContext, useContext } from 'react'

/** What the entrance said about this one response: the word that lets its scripts run, and the thread to follow in the log. */
type Arrival = { nonce?: string; traceId?: string; away?: boolean }

const ArrivalOfPage = createContext<Arrival>({})

export const ArrivalProvider = ArrivalOfPage.Provider

/** The nonce. The browser hides it from pages, so an element that carries it must suppress hydration warnings. */
export function useNonce(): string | undefined {
  return useContext(ArrivalOfPage).nonce
}

/** The number under which the log tells what went wrong here. Only the server knows it. */
export function useTraceId(): string | undefined {
  return useContext(ArrivalOfPage).traceId
}

/** Whether the page failed for want of a database: that passes, and is told as such. */
export function useAway(): boolean {
  return useContext(ArrivalOfPage).away === true
}
