import type { Localised } from './localised.ts'
import { Refusal } from './refusal.ts'

/** How content a resident was, from 1 (very dissatisfied) to 5. */
export const LEVELS = [5, 4, 3, 2, 1] as const
export type Level = (typeof LEVELS)[number]

/** A rating is offered for so long after the matter is done, and changed for so long after it was given, ms. */
export const RATE_WITHIN = 60_000
/** What a finger presses in the last moment is on its way for a moment, ms. */
const ON_ITS_WAY = 5_000
/** The most that may be written beside a rating or as a suggestion. */
export const WRITTEN_MOST = 150

/** 差评: what a supervisor follows up. */
export function isLow(level: number): boolean {
  return level <= 2
}

/** Where a rating comes from: the resident's own page, or the tablet at the counter. */
export type GivenBy = 'phone' | 'tablet'

export interface Rating {
  level: Level
  /** Codes of `RATING_TAGS`. */
  tags: string[]
}

/** A matter that is done, and what was said of it so far. ms */
export interface ToRate {
  doneAt: number
  given: { by: GivenBy; at: number } | null
}

/**
 * Whether it may be rated now: for a minute, once; whoever gave it may change it within a minute more. [RATE1] [RATE2]
 *
 * @returns when the rating was, or is, first given, ms
 */
export function mayRate({ doneAt, given }: ToRate, by: GivenBy, now: number): number {
  if (given === null) {
    if (now > doneAt + RATE_WITHIN + ON_ITS_WAY) throw new Refusal('too-late-to-rate')
    return now
  }
  if (given.by !== by || now > given.at + RATE_WITHIN + ON_ITS_WAY) throw new Refusal('already-rated')
  return given.at
}

/** The rating, if its tags are of its level. [RATE3] */
export function checkedRating({ level, tags }: Rating): Rating {
  if (tags.some((code) => !(code in RATING_TAGS[level]))) throw new Refusal('unknown-tag')
  return { level, tags: [...new Set(tags)] }
}

const both = (zh: string, en: string): Localised => ({ 'zh-CN': zh, en })

/**
 * The eight tags of each level, by their codes: the table of the national 政务服务好差评 evaluation (GB/T 39734-2020, appendix).
 * The Chinese is the table's, the English ours.
 */
export const RATING_TAGS: Record<Level, Record<string, Localised>> = {
  5: {
    510: both('一窗受理一次办结', 'Done at one counter, in one go'),
    511: both('可以先受理后补材料', 'Taken on first, papers could follow'),
    512: both('不用提交证明', 'No proof was asked for'),
    513: both('可以全程网上办理', 'Could all be done online'),
    514: both('可以使用手机办理', 'Could be done by phone'),
    515: both('可以就近办理', 'Could be done nearby'),
    516: both('无需材料直接办理', 'Done without any papers'),
    517: both('服务热情效率高', 'Warm and quick'),
  },
  4: {
    406: both('填写一张表单就可完成申报', 'One form was enough'),
    407: both('在线提交材料窗口核验', 'Papers sent online, checked here'),
    408: both('一张清单告知全部申报材料', 'One list named all papers'),
    409: both('用告知承诺减免申报材料', 'A promise took the place of papers'),
    410: both('可以在线预约办理', 'Could be booked online'),
    411: both('跑大厅一次办完', 'One visit was enough'),
    412: both('可以使用自助机办理', 'Could be done at a machine'),
    413: both('服务态度较好', 'Friendly'),
  },
  3: {
    307: both('一次性告知需要补正的材料', 'Told at once what was missing'),
    308: both('提供申报材料样本', 'There were samples of the papers'),
    309: both('在承诺的时间内办结', 'Done in the promised time'),
    310: both('办事指南指引准确', 'The guide was right'),
    311: both('按办事指南要求的材料即可办理', 'What the guide asked for was enough'),
    312: both('可以快递送达', 'Can be sent by post'),
    313: both('跑动次数与承诺的一致', 'As many visits as promised'),
    314: both('服务态度一般', 'Neither friendly nor unfriendly'),
  },
  2: {
    207: both('没有提供材料样本', 'There were no samples'),
    208: both('没有提供材料清单', 'There was no list of papers'),
    209: both('未在承诺时间内办结', 'Not done in the promised time'),
    210: both('同样内容的证明材料被要求多次提交', 'The same proof asked for again'),
    211: both('承诺网办但无法在线办理', 'Promised online, but not possible'),
    212: both('在线预约办理后到实体大厅重复取号排队', 'Booked, and had to queue again'),
    213: both('窗口人员业务不熟练', 'The clerk was unsure'),
    214: both('服务态度生硬', 'Unfriendly'),
  },
  1: {
    108: both('在办事指南之外增加新的审批条件', 'Conditions that the guide does not name'),
    109: both('需提供办事指南之外的申报材料', 'Papers that the guide does not name'),
    110: both('无理由超过法定办理时间', 'Later than the law allows, without a reason'),
    111: both('办事指南提供样本有错', 'The samples were wrong'),
    112: both('承诺在线收取申报材料实际无法收取', 'Papers could not be sent online as promised'),
    113: both('多头跑窗口和部门', 'Sent from counter to counter'),
    114: both('跑动次数与承诺的不一致', 'More visits than promised'),
    115: both('服务态度差效率低', 'Unkind and slow'),
  },
}
