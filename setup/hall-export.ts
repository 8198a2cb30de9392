import { Document } from 'yaml'
import type { Notice } from '#domain/display.ts'
import type { Localised, Material, Site } from '#domain/site.ts'
import { writeDuration } from './duration.ts'
import { counterName, type HallSettings } from './hall-file.ts'
import { writeOpenings, writeWeek } from './hours.ts'
import { writePrinterAddress } from './printer-address.ts'

/** A hall in the words of its file: texts, numbers, yes or no, lists and mappings. What says nothing is left out. */
export type Written = { [key: string]: Written | Written[] | string | number | boolean | undefined }

/** What a hall's file would say. */
export function writtenHall({ site, accounts }: HallSettings): Written {
  return {
    site: site.id,
    practice: site.practice || undefined,
    name: text(site.name),
    'time-zone': site.timeZone,
    hours: writeWeek(site.hours),
    days: mapped(site.days, writeOpenings),
    credits: {
      care: writeDuration(site.careCredit),
      needs: mapped(site.careCredits, writeDuration),
      by: [...site.careBy] as unknown as Written[],
      cards: unlessEmpty(
        // Named one by one: the database keeps no order of keys.
        site.cards.map((card) =>
          'kind' in card ? { need: card.need, kind: card.kind } : { need: card.need, pattern: card.pattern },
        ),
      ),
    },
    identity: site.identity ? writtenIdentity(site.identity) : undefined,
    rules: {
      'hard-cap': writeDuration(site.hardCap),
      'max-calls': site.maxCalls,
      'answer-within': writeDuration(site.callTimeout),
      'rejoin-within': writeDuration(site.rejoinWithin),
      'hold-within': writeDuration(site.holdWithin),
      'offer-for': site.offerFor === null ? 'off' : writeDuration(site.offerFor),
    },
    notices: unlessEmpty(site.notices.map(writtenNotice)),
    display: writtenDisplay(site.display),
    skills: unlessEmpty(
      site.skills.map(({ id, name, accommodation }) => ({ id, name: text(name), for: accommodation })),
    ),
    lanes: site.lanes.map(({ id, letter, name }) => ({ id, letter, name: text(name) })),
    services: site.services.map(writtenService),
    counters: site.counters.map(writtenCounter),
    printers: unlessEmpty(site.printers.map(writtenPrinter)),
    accounts: unlessEmpty(
      inOrder(accounts).map(({ username, name, role, counterId, skills }) => ({
        username,
        name: text(name),
        role,
        counter: counterId ?? undefined,
        skills: unlessEmpty(skills),
      })),
    ),
  }
}

/** The file of a hall. Checked again it means the same. [HALL6] */
export function exportHall(hall: HallSettings): string {
  const document = new Document(JSON.parse(JSON.stringify(writtenHall(hall))), {
    aliasDuplicateObjects: false,
  })
  document.commentBefore =
    ' Written by "npm run hall -- export". The words are explained in examples/hall.yaml.'
  return document.toString({ lineWidth: 0 })
}

function writtenIdentity({ keyboard, service }: NonNullable<Site['identity']>): Written {
  return { keyboard, service: service ? writtenReader(service) : undefined }
}

function writtenReader({
  url,
  method,
  body,
  paths,
}: NonNullable<NonNullable<Site['identity']>['service']>): Written {
  return {
    url,
    method,
    body: body ? (body.json ? JSON.parse(body.text) : body.text) : undefined,
    paths: { number: paths.number, name: paths.name ?? undefined },
  }
}

function writtenService(service: Site['services'][number]): Written {
  return {
    id: service.id,
    lane: service.laneId,
    name: text(service.name),
    department: text(service.department),
    says: unlessEmpty(service.says.map(text)),
    materials: unlessEmpty(service.materials.map(writtenMaterial)),
    takes: writeDuration(service.minutes * 60_000),
    'target-wait': service.targetWait === null ? undefined : writeDuration(service.targetWait),
    'promised-days': service.promisedDays ?? undefined,
    guide: service.guide === null ? undefined : text(service.guide),
    quota: service.quota ?? undefined,
  }
}

function writtenMaterial({ where, ...name }: Material): string | Written {
  return where ? { 'zh-CN': name['zh-CN'], en: name.en, where: text(where) } : text(name)
}

/** A picture is not written out: it is named as the one that is kept. [PICTURE1] */
function writtenNotice({ picture, ...said }: Notice): string | Written {
  return picture === undefined
    ? text(said)
    : { 'zh-CN': said['zh-CN'], en: said.en, picture: `kept:${picture}` }
}

function writtenDisplay({ one, voice, readingDistance, screen, zones }: Site['display']): Written {
  return {
    one,
    voice: voice ?? undefined,
    'reading-distance': readingDistance ?? undefined,
    screen,
    zones: unlessEmpty(
      zones.map(({ id, name, lanes, counters }) => ({
        id,
        name: text(name),
        lanes: unlessEmpty(lanes),
        counters: unlessEmpty(counters),
      })),
    ),
  }
}

function writtenCounter({ id, number, name, lanes }: Site['counters'][number]): Written {
  const usual = counterName(number)
  const own = name['zh-CN'] !== usual['zh-CN'] || name.en !== usual.en
  const secondary = lanes.filter(({ rank }) => rank === 'secondary')
  return {
    id,
    number,
    name: own ? text(name) : undefined,
    primary: unlessEmpty(lanes.filter(({ rank }) => rank === 'primary').map(({ laneId }) => laneId)),
    secondary: mapped(
      Object.fromEntries(secondary.map(({ laneId, threshold }) => [laneId, threshold])),
      (threshold) => (threshold === null ? 'never' : writeDuration(threshold)),
    ),
  }
}

function writtenPrinter({ id, address, paper, characters, kiosks }: Site['printers'][number]): Written {
  return { id, address: writePrinterAddress(address), paper, characters, kiosks: unlessEmpty(kiosks) }
}

/** A text that is the same in both languages is written once. */
function text({ 'zh-CN': zh, en }: Localised): string | Written {
  return zh === en ? zh : { 'zh-CN': zh, en }
}

function unlessEmpty(list: readonly (string | Written)[]): Written[] | undefined {
  return list.length > 0 ? ([...list] as Written[]) : undefined
}

function mapped<T>(of: Readonly<Record<string, T>>, write: (value: T) => string): Written | undefined {
  const entries = Object.entries(of)
  return entries.length > 0
    ? Object.fromEntries(entries.map(([key, value]) => [key, write(value)]))
    : undefined
}

/** The database keeps no order of accounts. */
function inOrder(accounts: HallSettings['accounts']): HallSettings['accounts'] {
  return [...accounts].sort((a, b) => (a.username < b.username ? -1 : 1))
}
