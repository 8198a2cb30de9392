import type { Localised } from '#domain/localised.ts'
import type { Role } from './api.ts'

export const BROWSERS = ['edge', 'chrome', 'firefox', 'safari', 'wechat', 'other'] as const
export const SYSTEMS = ['windows', 'macos', 'linux', 'android', 'ios', 'harmony', 'other'] as const

/** From where somebody signed in: enough to know one's own again, too little to know others by. [SIGNIN6] */
export interface SessionOrigin {
  browser: (typeof BROWSERS)[number]
  system: (typeof SYSTEMS)[number]
  /** In a network such as the hall's own. */
  near: boolean
}

/** Somewhere somebody is signed in. */
export interface SessionItem {
  /** Names it; opens nothing. */
  id: string
  /** ms */
  since: number
  /** When it was last used, to the minute, ms. */
  seenAt: number
  /** null: signed in before this was asked. */
  origin: SessionOrigin | null
  /** The one that asks. */
  current: boolean
}

/** The same, of anybody of a hall. */
export interface HallSessionItem extends SessionItem {
  person: { id: string; name: Localised; role: Role }
}

/** Somebody who may sign in to a hall. */
export interface AccountItem {
  id: string
  username: string
  name: Localised
  role: Role
  /** Their password was made up, and they have not changed it yet. */
  initial: boolean
}

/** POST /sites/:site/accounts/:account/password: it is in this answer and nowhere else. */
export interface GivenPassword {
  password: string
}

/** POST /session/password */
export interface PasswordRequest {
  current: string
  password: string
}

/** How long a password that somebody chooses is, letters. [SIGNIN5] */
export const PASSWORD_LENGTH = { least: 8, most: 256 }
