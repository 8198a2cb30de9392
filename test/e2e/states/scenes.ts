import { AT_THE_COUNTER } from './at-the-counter.ts'
import { AT_THE_RECEPTION } from './at-the-reception.ts'
import { ASKED_AGAIN, CHECK_IN } from './check-in.ts'
import { NEW_HALL } from './new-hall.ts'
import { ON_THE_PHONE } from './on-the-phone.ts'
import { ON_THE_WALL } from './on-the-wall.ts'
import { SUPERVISED } from './supervised.ts'
import type { State } from './walk.ts'

/** States that follow each other in one hall. */
export interface Scene {
  name: string
  states: readonly State[]
  /** Begins with a server that has no hall, instead of the demo's. */
  anew?: boolean
  /** Its own words are as long as words can be: it is not looked at in the made-up language. */
  long?: boolean
}

/** Every state of every screen that is looked at. The longest first: the last to begin is waited for. */
export const SCENES: readonly Scene[] = [
  { name: 'a check-in at the kiosk', states: CHECK_IN },
  { name: 'at the counter', states: AT_THE_COUNTER },
  { name: 'a new hall, then one with very long words', states: NEW_HALL, anew: true, long: true },
  { name: 'on the phone', states: ON_THE_PHONE },
  { name: 'asked again at the kiosk', states: ASKED_AGAIN },
  { name: 'at the reception', states: AT_THE_RECEPTION },
  { name: 'supervised', states: SUPERVISED },
  { name: 'on the wall', states: ON_THE_WALL },
]
