import type { DayReport, SiteView } from '#protocol/api.ts'
import type { Advice, Stuck } from '#ui/hall-now.ts'
import { language, localised } from '#ui/i18n.ts'
import { minutesOf } from './model.ts'
import { t } from './words.ts'

type Late = DayReport['late'][number]
type Reason = 'unwell' | 'urgent' | 'our-mistake' | 'other'
const REASONS: readonly string[] = ['unwell', 'urgent', 'our-mistake', 'other'] satisfies Reason[]

/** What would help a lane: the most useful in a sentence, then which other counters would do. */
export function adviceSentence(advice: readonly Advice[], site: SiteView): string {
  const [first, ...others] = advice
  if (!first) return ''
  const numberOf = (id: string) => site.counters.find((counter) => counter.id === id)?.number ?? id
  const or = others.flatMap((one) => (one.advice === 'open-counter' ? numberOf(one.counterId) : []))
  return [sentence(first, numberOf), or.length > 0 ? t('advise-or', { counters: list(or) }) : ''].join(
    language.value === 'en' && or.length > 0 ? ' ' : '',
  )
}

function sentence(advice: Advice, numberOf: (id: string) => string): string {
  switch (advice.advice) {
    case 'open-counter': {
      const counter = numberOf(advice.counterId)
      const paused = advice.status === 'paused'
      if (advice.rank === 'secondary')
        return t(paused ? 'advise-resume-helps' : 'advise-open-helps', { counter })
      return t(paused ? 'advise-open-paused' : 'advise-open-closed', { counter })
    }
    case 'add-lane':
      return t('advise-add-lane', { counter: numberOf(advice.counterId) })
    case 'all-open':
      return t('advise-all-open')
  }
}

/** Why a ticket cannot be called by anybody now. */
export function stuckSentence(stuck: Stuck, site: SiteView): string {
  const numberOf = (id: string) => site.counters.find((counter) => counter.id === id)?.number ?? id
  switch (stuck.why) {
    case 'skill-missing': {
      const named = site.skills.find(({ id }) => id === stuck.skill)
      const skill = named ? localised(named.name) : stuck.skill
      return stuck.pausedCounterId === null
        ? t('stuck-skill', { skill })
        : t('stuck-skill-paused', { skill, counter: numberOf(stuck.pausedCounterId) })
    }
    case 'counter-not-open':
      return t('stuck-counter', { counter: numberOf(stuck.counterId) })
    case 'person-away':
      return t('stuck-person')
  }
}

/** Why a wait went past the cap, in one sentence. [MANAGE8] */
export function lateSentence({ why }: Pick<Late, 'why'>): string {
  const facts = why.map(factWords)
  if (language.value === 'zh-CN') return `${facts.join('；')}。`
  const words = facts.join('; ')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
}

function factWords(fact: Late['why'][number]): string {
  switch (fact.fact) {
    case 'unserved':
      return t('late-unserved', { n: minutesOf(fact.ms) })
    case 'missed':
      return t('late-missed', { calls: fact.calls, n: minutesOf(fact.ms) })
    case 'held':
      return t('late-held', { n: minutesOf(fact.ms) })
    case 'overtaken':
      return t('late-overtaken', { n: fact.count })
    case 'demand':
      return t('late-demand', { n: fact.arrivals, hours: (fact.counterTime / 3_600_000).toFixed(1) })
  }
}

/** How calls for help went, in one sentence. [HELP12] */
export function helpSentence({ asked, answered, escalated, takenBack }: DayReport['help']): string {
  if (asked === 0) return t('help-none')
  const seconds = (ms: number | null) => (ms === null ? t('unknown') : Math.round(ms / 1_000))
  const [median, p90] = [seconds(answered.median), seconds(answered.p90)]
  return t('help-sum', { n: asked, answered: answered.count, median, p90, escalated, back: takenBack })
}

/** What was given as the reason of an exception: one of the console's, or as it was written. */
export function reasonWords(reason: string | null): string {
  if (reason === null) return ''
  return REASONS.includes(reason) ? t(`reason-${reason as Reason}`) : reason
}

/** No line ends between a number and its word. */
export function bound(words: string): string {
  return words.replace(/(\d) /g, '$1\u00a0').replace(/ (\d)/g, '\u00a0$1')
}

/** `1、2` or `1, 2`. */
export function list(items: readonly string[]): string {
  return items.join(language.value === 'zh-CN' ? '、' : ', ')
}
