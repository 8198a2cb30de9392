/** What a key of a program may be good for: the fewest that a hall's website, a city's dashboard and a monitor need. [APIKEY2] */
export const SCOPES = ['hall', 'report', 'screens', 'metrics'] as const

export type Scope = (typeof SCOPES)[number]

/** A key as the administrator sees it; the key itself is shown once. */
export interface ApiKeyItem {
  id: string
  name: string
  scopes: Scope[]
  /** ms */
  createdAt: number
  /** ms */
  expiresAt: number
  /** ms, to the minute; null: not yet */
  usedAt: number | null
}

/** POST /sites/:site/api-keys */
export interface ApiKeyRequest {
  name: string
  scopes: Scope[]
  /** It is good for so many. */
  days: number
}

export interface ApiKeyResponse {
  apiKey: ApiKeyItem
  /** Shown this once. */
  secret: string
}
