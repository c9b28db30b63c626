import { createContext, useContext } from 'react'

const Nonce = createContext<string | undefined>(undefined)

export const NonceProvider = Nonce.Provider

/** The one word of this response that lets a script run; the browser hides it from pages, so hydration must not compare it. */
export function useNonce(): string | undefined {
  return useContext(Nonce)
}
