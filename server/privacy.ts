import { fileURLToPath } from 'node:url'
import { Router } from 'express'
import type { Localised } from '#domain/localised.ts'
import { BASES, DATA_DICTIONARY, type Entry, KEPT, READERS } from '#store/data-dictionary.ts'
import { askAnew } from './caching.ts'

type Language = keyof Localised

const WORDS = {
  'zh-CN': {
    title: '您的信息怎么用',
    lead: '取号不需要姓名、电话和身份证。您愿意多告诉我们的，只用来办您来办的事，锁着保存，不上大屏，不进广播。',
    why: '用来',
    basis: '依据',
    readers: '谁能看',
    kept: '保存多久',
    between: '、',
    ask: '想知道大厅记了什么、想改正或删除，请带着当天的号码找大厅主管：可以当场导出给您，也可以当场永久删除。',
  },
  en: {
    title: 'What becomes of what you tell us',
    lead: 'A number needs no name, no phone and no identity card. What you choose to tell us serves what you came for alone, is kept locked, stands on no wall and is in no announcement.',
    why: 'Why',
    basis: 'On what ground',
    readers: 'Who can read it',
    kept: 'How long',
    between: ', ',
    ask: 'To know what the hall has of you, to have it put right or removed, go to the hall’s supervisor with the number you had: it can be given to you, or erased for good, on the spot.',
  },
} satisfies Record<Language, Record<string, string>>

/** Where the same stands in the other language, and its name in that language. */
const OTHER = { 'zh-CN': ['en', 'English'], en: ['zh-CN', '中文'] } as const

/** A plain page about privacy, made from the data dictionary; nothing on it is written twice. [DATA3] */
export function privacy(): Router {
  const router = Router()
  const page = privacyPage()
  router.get('/', (request, response) => {
    if (!request.originalUrl.split('?')[0]?.endsWith('/')) return response.redirect('/privacy/')
    askAnew(response)
    return response.type('html').send(page)
  })
  for (const name of ['tokens.css', 'privacy.css']) {
    const file = fileURLToPath(new URL(`../ui/${name}`, import.meta.url))
    router.get(`/${name}`, (_, response) => {
      askAnew(response)
      response.sendFile(file)
    })
  }
  return router
}

/** The page in both languages, Chinese first. */
export function privacyPage(): string {
  const entries = DATA_DICTIONARY.filter(({ about }) => about === 'resident')
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${WORDS['zh-CN'].title} · 暖号</title>
<link rel="icon" href="/phone/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="tokens.css">
<link rel="stylesheet" href="privacy.css">
</head>
<body>
<main>
${part('zh-CN', entries)}
${part('en', entries)}
</main>
</body>
</html>`
}

function part(language: Language, entries: readonly Entry[]): string {
  const words = WORDS[language]
  const items = entries.map(({ what, why, basis, readers, kept }) => {
    const rows = [
      [words.why, why[language]],
      [words.basis, BASES[basis][language]],
      [words.readers, readers.map((reader) => READERS[reader][language]).join(words.between)],
      [words.kept, KEPT[kept][language]],
    ]
    const facts = rows.map(([name, fact]) => `<div><dt>${name}</dt><dd>${fact}</dd></div>`).join('')
    return `<li><h2>${what[language]}</h2><dl>${facts}</dl></li>`
  })
  // The list is long: what it means for whoever reads it, and the way to the other language, stand before it.
  const [other, name] = OTHER[language]
  const link = `<p id="${language}"><a href="#${other}" lang="${other}" hreflang="${other}">${name}</a></p>`
  return `<section lang="${language}">${link}<h1>${words.title}</h1><p>${words.lead}</p><p>${words.ask}</p><ul>${items.join('\n')}</ul></section>`
}
