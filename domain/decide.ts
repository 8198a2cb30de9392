/** Every decision there is, one name a verb. */
export type { Actor } from './decide/actor.ts'
export { expireMissed, sendHome } from './decide/closing.ts'
export { closeCounter, closeForgotten, type Opening, openCounter, pauseCounter } from './decide/counter.ts'
export { type CareAsked, grantCare } from './decide/grant.ts'
export {
  answerHelp,
  askHelp,
  endHelpWithDay,
  escalateHelp,
  finishHelp,
  takeBackHelp,
} from './decide/help.ts'
export { issue, MATTERS, type Order, type Wanted } from './decide/issue.ts'
export { setLanguage } from './decide/language.ts'
export { MORE_TIME, moreTime } from './decide/more-time.ts'
export { cancel, changeService, type Destination, setCare, setSkill, transfer } from './decide/move.ts'
export { issueOffline, type OfflineWanted } from './decide/offline.ts'
export { type PaperCall, record } from './decide/record.ts'
export {
  CALL_REASONS,
  type CallReason,
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
export { hold, markOverdue, putBack, rejoin, resume } from './decide/set-aside.ts'
export { CORRECTIONS, type Correction, correctTimes, type RealTimes } from './decide/times.ts'
export { addService } from './decide/visit.ts'
