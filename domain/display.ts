import type { Localised } from './localised.ts'

/** A part of a hall that a screen may be set up for. */
export interface Zone {
  id: string
  name: Localised
  lanes: string[]
  counters: string[]
}

/** How a hall's displays look and sound. */
export interface DisplaySettings {
  /** How 1 is said in a number: 幺 or 一. */
  one: 'yao' | 'yi'
  /** The folder of clips that speaks, within VOICE_DIR; null: the built-in one. */
  voice: string | null
  /** How far the last seats are from the screen, metres; null: not said. */
  readingDistance: number | null
  /** The diagonal of the screens, inches. */
  screen: number
  zones: Zone[]
}

/** What the hall tells everybody. */
export interface Notice extends Localised {
  /** The id of the picture that is shown with it. */
  picture?: string
}

export const DISPLAY_DEFAULTS: DisplaySettings = {
  one: 'yao',
  voice: null,
  readingDistance: null,
  screen: 43,
  zones: [],
}
