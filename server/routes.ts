import { z } from 'zod'
import * as decide from '#domain/decide.ts'
import * as schema from '#protocol/schemas.ts'
import * as apiKey from '#protocol/schemas-api-keys.ts'
import { auditQuery, auditResponse, auditSheetQuery } from '#protocol/schemas-audit.ts'
import * as device from '#protocol/schemas-devices.ts'
import * as helped from '#protocol/schemas-help.ts'
import { cardRequest, revealRequest, revealResponse } from '#protocol/schemas-identity.ts'
import { jobParams, pictureRequest, printAnswer, printRequest } from '#protocol/schemas-printing.ts'
import * as rated from '#protocol/schemas-rating.ts'
import { dayReport, reportQuery } from '#protocol/schemas-report.ts'
import * as resident from '#protocol/schemas-residents.ts'
import * as signedIn from '#protocol/schemas-session.ts'
import * as hooks from '#protocol/schemas-webhook.ts'
import * as accounts from './handlers/accounts.ts'
import * as apiKeys from './handlers/api-keys.ts'
import { getAudit, getAuditCsv } from './handlers/audit.ts'
import { showCard } from './handlers/cards.ts'
import * as counters from './handlers/counters.ts'
import * as screens from './handlers/devices.ts'
import * as help from './handlers/help.ts'
import { issueOffline } from './handlers/offline.ts'
import { pressPad } from './handlers/pad.ts'
import * as preparation from './handlers/preparation.ts'
import { addPicture, printAgain } from './handlers/printing.ts'
import * as rating from './handlers/rating.ts'
import { getReport, getReportCsv } from './handlers/report.ts'
import * as residents from './handlers/residents.ts'
import { revealConfided } from './handlers/reveal.ts'
import { readSession, signIn, signOut } from './handlers/session.ts'
import * as sessions from './handlers/sessions.ts'
import { setUp } from './handlers/setup.ts'
import * as sites from './handlers/sites.ts'
import * as tickets from './handlers/tickets.ts'
import { track } from './handlers/track.ts'
import * as webhooks from './handlers/webhooks.ts'
import { type Route, route } from './route.ts'

const ofSite = { params: schema.siteParams }
const ofCounter = {
  params: schema.counterParams,
  body: schema.nothing,
  command: true,
  action: 'operate-counter',
} as const
const ofHelp = {
  params: helped.helpParams,
  body: schema.nothing,
  command: true,
  action: 'answer-help',
  answers: { 200: helped.helpResponse },
} as const
const ofTicket = {
  params: schema.ticketParams,
  query: schema.legQuery,
  body: schema.nothing,
  command: true,
  action: 'serve-ticket',
  answers: { 200: schema.ticketResponse },
} as const

/** Every endpoint below /api/v1. */
export const ROUTES: readonly Route[] = [
  route('post', '/setup', {
    action: 'set-up',
    summary: 'Make the first administrator with the code that the start printed, while nobody can sign in',
    body: schema.setupRequest,
    answers: { 201: z.strictObject({ username: z.string() }) },
    handle: setUp,
  }),
  route('post', '/session', {
    action: 'sign-in',
    summary: 'Sign in with name and password',
    body: schema.signInRequest,
    answers: { 200: schema.sessionView },
    handle: signIn,
  }),
  route('get', '/session', {
    action: 'read-session',
    summary: 'Who is signed in',
    answers: { 200: schema.sessionView },
    handle: readSession,
  }),
  route('delete', '/session', {
    action: 'sign-out',
    summary: 'Sign out',
    answers: { 204: null },
    handle: signOut,
  }),
  route('post', '/session/password', {
    action: 'change-password',
    summary:
      'Choose a password of one’s own; every other sign-in of the account ends. With a password that was made up nothing else may be done before',
    body: signedIn.passwordRequest,
    answers: { 204: null },
    handle: sessions.choosePassword,
  }),
  route('get', '/sessions', {
    action: 'own-sessions',
    summary: 'Where one is signed in',
    answers: { 200: signedIn.sessions },
    handle: sessions.listOwnSessions,
  }),
  route('delete', '/sessions', {
    action: 'own-sessions',
    summary: 'End every sign-in of one’s own but this one',
    answers: { 204: null },
    handle: sessions.endOtherSessions,
  }),
  route('delete', '/sessions/:session', {
    params: signedIn.sessionParams,
    action: 'own-sessions',
    summary: 'End one of one’s own sign-ins',
    answers: { 204: null },
    handle: sessions.endOwnSession,
  }),
  route('get', '/sites/:site/accounts', {
    ...ofSite,
    action: 'give-password',
    summary: 'Who may sign in to the hall',
    answers: { 200: signedIn.accounts },
    handle: accounts.listAccounts,
  }),
  route('post', '/sites/:site/accounts/:account/password', {
    params: signedIn.accountParams,
    action: 'give-password',
    summary:
      'Give somebody else a password that is made up; the answer shows it, once. Every sign-in of theirs ends, and they change it first',
    body: schema.nothing,
    answers: { 201: signedIn.givenPassword },
    handle: accounts.giveNewPassword,
  }),
  route('get', '/sites/:site/sessions', {
    ...ofSite,
    action: 'hall-sessions',
    summary: 'Where anybody of the hall is signed in',
    answers: { 200: signedIn.hallSessions },
    handle: sessions.listHallSessions,
  }),
  route('delete', '/sites/:site/sessions/:session', {
    params: signedIn.hallSessionParams,
    action: 'hall-sessions',
    summary: 'End somebody’s sign-in',
    answers: { 204: null },
    handle: sessions.endHallSession,
  }),
  route('post', '/devices', {
    action: 'enrol-device',
    summary:
      'A screen asks to be let in. 202: somebody is to approve it by the code it shows; the secret is its token from then on. ' +
      '201: it is let in, because a supervisor asks, or the hall is a demo',
    body: device.deviceRequest,
    answers: { 201: device.deviceResponse, 202: device.pairingResponse },
    handle: screens.enrolDevice,
  }),
  route('get', '/sites/:site/devices', {
    ...ofSite,
    action: 'read-devices',
    summary: 'The screens of the hall',
    answers: { 200: device.devices },
    handle: screens.listDevices,
  }),
  route('post', '/sites/:site/pairings', {
    ...ofSite,
    action: 'manage-devices',
    summary: 'The screen that shows this code, before it is approved',
    body: device.pairingRequest,
    answers: { 200: device.pairingView },
    handle: screens.lookAtPairing,
  }),
  route('post', '/sites/:site/devices', {
    ...ofSite,
    action: 'manage-devices',
    summary: 'Approve the screen that shows this code, and say where it belongs',
    body: device.approveRequest,
    answers: { 201: device.oneDevice },
    handle: screens.approveDevice,
  }),
  route('post', '/sites/:site/devices/:device/place', {
    params: device.deviceParams,
    action: 'manage-devices',
    summary: 'Give a screen another place; its page follows at once',
    body: device.placeRequest,
    answers: { 200: device.oneDevice },
    handle: screens.placeDevice,
  }),
  route('delete', '/sites/:site/devices/:device', {
    params: device.deviceParams,
    action: 'manage-devices',
    summary: 'Switch a screen off: its token is good for nothing any more',
    answers: { 204: null },
    handle: screens.removeDevice,
  }),
  route('get', '/sites', {
    action: 'read-sites',
    summary: 'The sites the asker belongs to',
    answers: { 200: schema.sites },
    handle: sites.listSites,
  }),
  route('get', '/sites/:site', {
    ...ofSite,
    action: 'read-sites',
    summary: 'A site: services, lanes, counters, whether it is open',
    answers: { 200: schema.siteView },
    handle: sites.getSite,
  }),
  route('get', '/sites/:site/board', {
    ...ofSite,
    action: 'read-board',
    summary:
      'The board as it stands: the public one for screens of the hall, the staff one for staff, an overview for directors and administrators',
    answers: { 200: schema.board },
    handle: sites.getBoard,
  }),
  route('get', '/sites/:site/pictures/:picture', {
    params: schema.pictureParams,
    action: 'read-board',
    summary: 'A picture of one of the hall’s notices',
    answers: { 200: schema.picture },
    handle: sites.getPicture,
  }),
  route('get', '/sites/:site/events', {
    ...ofSite,
    action: 'read-events',
    summary: 'The events after a number, in order',
    query: schema.eventsQuery,
    answers: { 200: schema.events },
    handle: sites.getEvents,
  }),
  route('get', '/sites/:site/report', {
    ...ofSite,
    action: 'read-report',
    summary: 'A business day in figures; today without a day',
    query: reportQuery,
    answers: { 200: dayReport },
    handle: getReport,
  }),
  route('get', '/sites/:site/report.csv', {
    ...ofSite,
    action: 'read-report',
    summary: 'The same as a sheet for Excel',
    query: reportQuery,
    type: 'text/csv',
    answers: { 200: z.string() },
    handle: getReportCsv,
  }),
  route('get', '/sites/:site/audit', {
    ...ofSite,
    action: 'read-audit',
    summary: 'Who did what, latest first, a hundred rows at a time; today without days',
    query: auditQuery,
    answers: { 200: auditResponse },
    handle: getAudit,
  }),
  route('get', '/sites/:site/audit.csv', {
    ...ofSite,
    action: 'read-audit',
    summary: 'The same as a sheet for Excel, 50,000 rows at most; taking it away is written down',
    query: auditSheetQuery,
    type: 'text/csv',
    answers: { 200: z.string() },
    handle: getAuditCsv,
  }),
  route('post', '/sites/:site/confirm-clock', {
    ...ofSite,
    action: 'confirm-clock',
    summary: 'Confirm the machine’s time after it ran back, so that tickets are issued again',
    body: schema.nothing,
    answers: { 200: z.strictObject({ seq: z.number().int() }) },
    handle: sites.confirmClock,
  }),
  route('post', '/sites/:site/tickets', {
    ...ofSite,
    action: 'issue',
    summary: 'Issue a ticket',
    command: true,
    body: schema.issueRequest,
    answers: { 200: schema.issueResponse, 201: schema.issueResponse },
    handle: tickets.issue,
  }),
  route('post', '/sites/:site/offline-tickets', {
    ...ofSite,
    action: 'issue-offline',
    summary: 'Take over a ticket that a kiosk issued by itself while it could not reach the server',
    command: true,
    body: schema.offlineRequest,
    answers: { 201: schema.offlineResponse },
    handle: issueOffline,
  }),
  route('post', '/sites/:site/cards', {
    ...ofSite,
    action: 'show-card',
    summary: 'What was held to a reader: a ticket of today, or a card and what it is good for',
    body: cardRequest,
    answers: { 200: schema.cardResponse },
    handle: showCard,
  }),
  route('get', '/sites/:site/tickets', {
    ...ofSite,
    action: 'read-tickets',
    summary: 'The day’s tickets, by number',
    query: schema.ticketsQuery,
    answers: { 200: schema.tickets },
    handle: tickets.listTickets,
  }),
  route('get', '/tickets/:ticket', {
    params: schema.ticketParams,
    action: 'read-ticket',
    summary: 'A ticket as it stands',
    answers: { 200: schema.oneTicket },
    handle: tickets.getTicket,
  }),
  route('get', '/tickets/:ticket/why', {
    params: schema.ticketParams,
    action: 'read-why',
    summary: 'Why a waiting ticket stands where it stands',
    answers: { 200: schema.whyResponse },
    handle: tickets.getWhy,
  }),
  route('post', '/tickets/:ticket/print', {
    params: schema.ticketParams,
    action: 'print',
    summary:
      'Print a ticket’s paper again, marked as a second one; a kiosk only what it has just issued. By staff also a ' +
      'sentence on why a waiting ticket stands where it stands, and by the browser that asks',
    command: true,
    body: printRequest,
    answers: { 202: printAnswer },
    handle: printAgain,
  }),
  route('post', '/print-jobs/:job/picture', {
    params: jobParams,
    action: 'print',
    summary: 'What the asking screen has drawn of a paper that the printer cannot write',
    body: pictureRequest,
    answers: { 204: null },
    handle: addPicture,
  }),
  route('get', '/track/:code', {
    params: schema.codeParams,
    action: 'track',
    summary: 'A resident’s own ticket, by the code in its link',
    answers: { 200: schema.ticketView },
    handle: track,
  }),
  route('get', '/counters/:counter/actions', {
    params: schema.counterParams,
    action: 'read-events',
    summary: 'What was done at a counter last today, the latest first, and which of it was taken back',
    answers: { 200: schema.actionsResponse },
    handle: counters.getActions,
  }),
  route('post', '/counters/:counter/open', {
    ...ofCounter,
    body: schema.openRequest,
    summary: 'Open a counter and sit down at it; `takeOver` takes the place of a colleague',
    answers: { 200: schema.counterResponse },
    handle: counters.change(decide.openCounter),
  }),
  route('post', '/counters/:counter/pause', {
    ...ofCounter,
    summary: 'Pause a counter',
    answers: { 200: schema.counterResponse },
    handle: counters.change(decide.pauseCounter),
  }),
  route('post', '/counters/:counter/close', {
    ...ofCounter,
    summary: 'Close a counter',
    answers: { 200: schema.counterResponse },
    handle: counters.change(decide.closeCounter),
  }),
  route('post', '/counters/:counter/call-next', {
    ...ofCounter,
    summary: 'Call the next ticket; null when nobody waits',
    answers: { 200: schema.ticketResponse },
    handle: counters.callNext,
  }),
  route('post', '/counters/:counter/pad/:verb', {
    params: device.padParams,
    action: 'press-pad',
    summary:
      'A press at the counter’s call pad, for whoever sits there: call-next, recall, start, complete or no-show of the number that it showed',
    command: true,
    body: device.padRequest,
    answers: { 200: device.padResponse },
    handle: pressPad,
  }),
  route('post', '/tickets/:ticket/recall', {
    ...ofTicket,
    summary: 'Call the same ticket again',
    handle: tickets.verb(decide.recall),
  }),
  route('post', '/tickets/:ticket/start', {
    ...ofTicket,
    summary: 'The resident has come',
    handle: tickets.verb(decide.start),
  }),
  route('post', '/tickets/:ticket/complete', {
    ...ofTicket,
    summary: 'The matter is done',
    handle: tickets.verb(decide.complete),
  }),
  route('post', '/tickets/:ticket/no-show', {
    ...ofTicket,
    summary: 'The called resident did not come',
    handle: tickets.verb(decide.noShow),
  }),
  route('post', '/tickets/:ticket/rejoin', {
    ...ofTicket,
    action: 'rejoin',
    summary: 'Wait again after a missed call',
    answers: { 200: schema.oneTicket },
    handle: tickets.verb(
      (situation, _actor, _body, now) => decide.rejoin(situation, now),
      () => ({ prefer: 'missed' }),
    ),
  }),
  route('post', '/tickets/:ticket/hold', {
    ...ofTicket,
    body: schema.holdRequest,
    summary: 'Hold: the resident fetches a paper, papers are kept here, or another step comes first',
    handle: tickets.verb((situation, actor, { kind }) => decide.hold(situation, actor, kind)),
  }),
  route('post', '/tickets/:ticket/resume', {
    ...ofTicket,
    body: schema.resumeRequest,
    summary: 'Resume a held ticket: it waits again in its old place, or is called to the counter named',
    handle: tickets.verb(
      (situation, actor, { counterId }) => decide.resume(situation, actor, counterId !== undefined),
      ({ counterId }) => ({ prefer: 'held', ...(counterId !== undefined && { counterId }) }),
    ),
  }),
  route('post', '/tickets/:ticket/put-back', {
    ...ofTicket,
    summary: 'Put back: the ticket waits again in its old place',
    handle: tickets.verb(decide.putBack),
  }),
  route('post', '/tickets/:ticket/transfer', {
    ...ofTicket,
    body: schema.transferRequest,
    summary: 'Transfer to a lane, a counter or a person, with a note for the next; number and place are kept',
    handle: tickets.transfer,
  }),
  route('post', '/tickets/:ticket/change-service', {
    ...ofTicket,
    action: 'change-service',
    body: schema.changeServiceRequest,
    summary: 'The resident came for something else; number and place are kept',
    handle: tickets.verb((situation, actor, { serviceId }) =>
      decide.changeService(situation, actor, serviceId),
    ),
  }),
  route('post', '/tickets/:ticket/add-service', {
    ...ofTicket,
    body: schema.addServiceRequest,
    summary: 'A further matter of the same visit: after the present one, or at once in its own lane',
    handle: tickets.verb((situation, actor, { serviceId, order }) =>
      decide.addService(situation, actor, serviceId, order),
    ),
  }),
  route('post', '/tickets/:ticket/skill', {
    ...ofTicket,
    body: schema.skillRequest,
    summary: 'A skill the serving person must have, or null',
    handle: tickets.verb((situation, _actor, { skill }) => decide.setSkill(situation, skill)),
  }),
  route('post', '/tickets/:ticket/correct-times', {
    ...ofTicket,
    body: schema.correctTimesRequest,
    summary: 'When it was really begun, and when it was really done',
    handle: tickets.verb((situation, actor, { reason, ...times }, now) =>
      decide.correctTimes(situation, actor, times, reason, now),
    ),
  }),
  route('post', '/tickets/:ticket/record', {
    ...ofTicket,
    body: schema.recordRequest,
    summary:
      'A call that was made on paper is entered afterwards: where and when it was called, and what came of it',
    handle: tickets.verb(
      (situation, actor, { counterId: _, ...written }, now) => decide.record(situation, actor, written, now),
      ({ counterId, calledAt, endedAt = calledAt }) => ({
        counterId,
        // With the minute that the end was written as.
        paper: { from: calledAt, to: endedAt + 60_000 },
      }),
    ),
  }),
  route('get', '/tickets/:ticket/notes', {
    params: schema.ticketParams,
    action: 'serve-ticket',
    summary: 'Notes that staff left for whoever serves the ticket; every reading is written down',
    answers: { 200: schema.notesResponse },
    confided: 'note:read',
    handle: preparation.getNotes,
  }),
  route('get', '/tickets/:ticket/preparation', {
    params: schema.ticketParams,
    action: 'serve-ticket',
    summary:
      'What to prepare for the resident, and what was said of the materials; every reading is written down',
    answers: { 200: schema.preparationResponse },
    confided: 'preparation:read',
    handle: preparation.getPreparation,
  }),
  route('get', '/sites/:site/visits', {
    ...ofSite,
    action: 'answer-resident',
    summary: 'The visit that had a number on a day',
    query: resident.visitQuery,
    answers: { 200: resident.foundVisits },
    handle: residents.listVisits,
  }),
  route('post', '/sites/:site/visits/:ticket/export', {
    params: resident.visitParams,
    action: 'answer-resident',
    summary:
      'All that is kept of one visit, opened, for its resident; it is written down, with what says that it is theirs',
    body: resident.residentRequest,
    answers: { 200: resident.keptAnswer },
    confided: 'resident:exported',
    handle: residents.exportOne,
  }),
  route('post', '/sites/:site/visits/:ticket/erase', {
    params: resident.visitParams,
    action: 'answer-resident',
    summary:
      'Removes what a resident confided and wrote, and destroys its keys; a second time removes nothing',
    body: resident.residentRequest,
    answers: { 200: resident.erased },
    handle: residents.eraseOne,
  }),
  route('post', '/tickets/:ticket/reveal', {
    params: schema.ticketParams,
    action: 'reveal',
    summary:
      'What is masked at the counter, whole: identity, contact or the reason for care, one at a time. Only for whoever sits where ' +
      'the ticket is called or served; every reading is written down, with its purpose',
    body: revealRequest,
    answers: { 200: revealResponse },
    confided: 'confided:read',
    handle: revealConfided,
  }),
  route('post', '/tickets/:ticket/materials', {
    params: schema.ticketParams,
    action: 'serve-ticket',
    summary: 'What the counter found of the materials of the present matter',
    body: schema.materialsRequest,
    answers: { 200: schema.materialsResponse },
    handle: preparation.checkMaterials,
  }),
  route('post', '/sites/:site/send-home', {
    ...ofSite,
    action: 'send-home',
    summary: 'End the tickets of those still inside after closing, with a note for them',
    command: true,
    body: schema.sendHomeRequest,
    answers: { 200: z.strictObject({ seq: z.number().int() }) },
    handle: tickets.sendHome,
  }),
  route('post', '/tickets/:ticket/cancel', {
    ...ofTicket,
    action: 'cancel',
    summary: 'Cancel: the resident gives up, or staff do on their behalf',
    answers: { 200: schema.oneTicket },
    handle: tickets.verb(decide.cancel),
  }),
  route('post', '/tickets/:ticket/more-time', {
    ...ofTicket,
    action: 'more-time',
    summary: 'A minute more: a called resident is on the way, a waiting one lets others go first',
    answers: { 200: schema.oneTicket },
    handle: tickets.verb(decide.moreTime),
  }),
  route('post', '/tickets/:ticket/rating', {
    params: schema.ticketParams,
    query: schema.legQuery,
    action: 'rate',
    summary: 'Rate a matter that is done, for a minute; by the resident’s own page',
    command: true,
    body: rated.ratingRequest,
    answers: { 200: rated.ratingResponse },
    handle: rating.rateOwn,
  }),
  route('post', '/counters/:counter/rating', {
    params: schema.counterParams,
    action: 'rate-at-counter',
    summary: 'The same by the tablet at the counter, of the number that was just done there',
    command: true,
    body: rated.counterRatingRequest,
    answers: { 200: rated.ratingResponse },
    handle: rating.rateAtCounter,
  }),
  route('post', '/tickets/:ticket/suggestion', {
    params: schema.ticketParams,
    action: 'suggest',
    summary: 'A word to the supervisor, one for each visit; sealed',
    body: rated.suggestionRequest,
    answers: { 204: null },
    handle: rating.suggest,
  }),
  route('get', '/sites/:site/feedback', {
    ...ofSite,
    action: 'read-feedback',
    summary: 'A day’s low ratings and what residents wrote; every reading is written down',
    query: reportQuery,
    answers: { 200: rated.saidResponse },
    confided: 'feedback:read',
    handle: rating.getSaid,
  }),
  route('post', '/tickets/:ticket/care', {
    ...ofTicket,
    action: 'care',
    body: schema.careRequest,
    summary: 'Grant or withdraw care, silently',
    handle: tickets.verb((situation, actor, { care }) => decide.setCare(situation, actor, care)),
  }),
  route('post', '/tickets/:ticket/language', {
    ...ofTicket,
    action: 'change-language',
    body: schema.languageRequest,
    summary: 'The language it is called, shown and printed in from now on',
    handle: tickets.verb((situation, _actor, { language }) => decide.setLanguage(situation, language)),
  }),
  route('post', '/tickets/:ticket/call', {
    ...ofTicket,
    action: 'call-specific',
    body: schema.callRequest,
    summary: 'Call this ticket out of turn, with a reason',
    handle: tickets.verb(
      (situation, actor, { reason }) => decide.callSpecific(situation, actor, reason),
      ({ counterId }) => ({ counterId }),
    ),
  }),
  route('post', '/counters/:counter/undo', {
    ...ofCounter,
    body: schema.undoRequest,
    summary: 'Take back what the counter did last, within a minute; `seq` names the event that is meant',
    answers: { 200: schema.ticketResponse },
    handle: counters.undo,
  }),
  route('post', '/sites/:site/help', {
    ...ofSite,
    action: 'ask-help',
    summary: 'Somebody at this kiosk asks for help; while a call of the kiosk is open it is that one',
    command: true,
    body: schema.nothing,
    answers: { 201: helped.askedHelp },
    handle: help.ask,
  }),
  route('post', '/help/:call/take-back', {
    ...ofHelp,
    action: 'ask-help',
    summary: 'The resident does not need help after all; by the kiosk that asked',
    answers: { 200: helped.askedHelp },
    handle: help.takeBack,
  }),
  route('post', '/help/:call/answer', {
    ...ofHelp,
    body: helped.answerHelpRequest,
    summary: 'I am going: from a counter where one is named',
    handle: help.answer,
  }),
  route('post', '/help/:call/done', {
    ...ofHelp,
    summary: 'Whoever went has helped',
    handle: help.finish,
  }),
  route('get', '/sites/:site/webhooks', {
    ...ofSite,
    action: 'manage-webhooks',
    summary: 'The programs outside that are told what happens, and how telling them goes',
    answers: { 200: hooks.webhooks },
    handle: webhooks.listWebhooks,
  }),
  route('post', '/sites/:site/webhooks', {
    ...ofSite,
    action: 'manage-webhooks',
    summary: 'Tell a program outside what happens from now on; the answer shows the secret that signs, once',
    body: hooks.webhookRequest,
    answers: { 201: hooks.webhookCreated },
    handle: webhooks.addWebhook,
  }),
  route('delete', '/sites/:site/webhooks/:webhook', {
    params: hooks.webhookParams,
    action: 'manage-webhooks',
    summary: 'Tell it nothing more',
    answers: { 204: null },
    handle: webhooks.removeWebhook,
  }),
  route('post', '/sites/:site/webhooks/:webhook/test', {
    params: hooks.webhookParams,
    action: 'manage-webhooks',
    summary: 'Have a test message sent; the list says how it went',
    body: schema.nothing,
    answers: { 202: hooks.oneWebhook },
    handle: webhooks.testWebhook,
  }),
  route('get', '/sites/:site/api-keys', {
    ...ofSite,
    action: 'manage-api-keys',
    summary:
      'The keys of programs that ask for the hall’s data: what they may read, until when, and when they last did',
    answers: { 200: apiKey.apiKeys },
    handle: apiKeys.listApiKeys,
  }),
  route('post', '/sites/:site/api-keys', {
    ...ofSite,
    command: true,
    action: 'manage-api-keys',
    summary: 'Make a key for a program, good for so many days; the answer shows it, once',
    body: apiKey.apiKeyRequest,
    answers: { 201: apiKey.apiKeyResponse },
    handle: apiKeys.makeApiKey,
  }),
  route('delete', '/sites/:site/api-keys/:apiKey', {
    params: apiKey.apiKeyParams,
    action: 'manage-api-keys',
    summary: 'Take a key back: it is good for nothing any more',
    answers: { 204: null },
    handle: apiKeys.removeApiKey,
  }),
]
