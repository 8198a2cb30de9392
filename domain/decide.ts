/** Every decision there is, one name a verb. */
export type { Actor } from './decide/actor.ts'
export { closeCounter, openCounter, pauseCounter } from './decide/counter.ts'
export { issue } from './decide/issue.ts'
export { cancel, changeService, type Destination, setCare, transfer } from './decide/move.ts'
export {
  callNext,
  callSpecific,
  complete,
  expireCall,
  noShow,
  recall,
  start,
  UNDO_WITHIN,
  undo,
} from './decide/serve.ts'
export { hold, putBack, rejoin, resume } from './decide/set-aside.ts'
