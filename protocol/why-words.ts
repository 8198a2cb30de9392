import type { Why } from '#domain/why.ts'

/**
 * Why a ticket stands where it stands, in one sentence, the same on the desk and on paper: how many, never who or for
 * what. [DESK5]
 */
export function whyInWords(
  { ahead, arrivedBefore }: Pick<Why, 'ahead' | 'arrivedBefore'>,
  language: 'zh-CN' | 'en',
): string {
  const later = ahead - arrivedBefore
  if (language === 'zh-CN') {
    if (ahead === 0) return '您排在最前面，有窗口空出来就叫您。'
    if (later === 0) return `您前面有 ${ahead} 人，都比您先到。`
    if (arrivedBefore === 0) return `您前面有 ${ahead} 人，按照顾、预约或过号返回的规定排在前面。`
    return `您前面有 ${ahead} 人：${arrivedBefore} 人比您先到，${later} 人按照顾、预约或过号返回的规定排在前面。`
  }
  if (ahead === 0) return 'You are first in line and are called as soon as a counter is free.'
  const rule = 'an earlier turn by the rules for care, bookings and returns'
  if (ahead === 1 && later === 0) return 'One person is before you, who came earlier.'
  if (later === 0) return `${people(ahead)} before you, all of whom came earlier.`
  if (arrivedBefore === 0) return `${people(ahead)} before you, with ${rule}.`
  return `${people(ahead)} before you: ${arrivedBefore} came before you, ${later} ${later === 1 ? 'has' : 'have'} ${rule}.`
}

function people(n: number): string {
  return n === 1 ? 'One person is' : `${n} people are`
}
