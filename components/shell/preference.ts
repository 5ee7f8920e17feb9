const year = 60 * 60 * 24 * 365

/** Remembers a preference (language, theme, zone) where the server finds it for the next first HTML. */
export function setPreference(cookie: string, value: string) {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox ESR and Safari before 18.4
  document.cookie = `${cookie}=${encodeURIComponent(value)}; path=/; max-age=${year}; samesite=lax`
}
