import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { checkSignOf } from '#domain/identity.ts'

export interface Card {
  name: string
  number: string
}

/** People who do not exist: no place has the code 110000 of a whole city. */
export const PEOPLE: readonly Card[] = [
  card('张明远', '11000019480315001'),
  card('李秀英', '11000019530722002'),
  card('王建国', '11000019671108003'),
  card('陈雨欣', '11000019950406004'),
  card('欧阳晓', '11000020010219005'),
]

export interface Reader {
  /** `http://127.0.0.1:8000/` */
  url: string
  /** Puts a card on the reader, or with null takes it away. */
  put: (card: Card | null) => void
  close: () => Promise<void>
}

/**
 * A service as those beside kiosks are: POST /cgi-bin/readCard answers `{result, info}`, from any page, and without a card a
 * `resultFlag` of -1. Its own page puts a card there and takes it away. On this machine only.
 *
 * @param port 0: any that is free
 */
export async function startReader(port: number): Promise<Reader> {
  let lies: Card | null = null
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://reader')
    if (pathname === '/cgi-bin/readCard') return read(request, response, lies)
    const put = /^\/put\/(\d+)$/.exec(pathname)
    if (request.method === 'POST' && (put || pathname === '/take')) {
      lies = put ? (PEOPLE[Number(put[1])] ?? null) : null
      response.writeHead(303, { location: '/' }).end()
    } else if (pathname === '/') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page(lies))
    } else response.writeHead(404).end()
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    put: (card) => {
      lies = card
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

function read({ method }: IncomingMessage, response: ServerResponse, lies: Card | null): void {
  const allowed = {
    'access-control-allow-origin': '*',
    'access-control-allow-headers': 'content-type',
    'access-control-allow-private-network': 'true',
  }
  if (method === 'OPTIONS') return void response.writeHead(204, allowed).end()
  const answer = lies
    ? { result: { resultFlag: 0, errorMsg: '' }, info: { certType: 0, name: lies.name, idCode: lies.number } }
    : { result: { resultFlag: -1, errorMsg: '未放置身份证' } }
  response.writeHead(200, { ...allowed, 'content-type': 'application/json' }).end(JSON.stringify(answer))
}

function page(lies: Card | null): string {
  const button = (action: string, words: string) =>
    `<form method="post" action="${action}"><button style="font-size:1.2rem;padding:.6rem 1rem">${words}</button></form>`
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>模拟读卡器 Reader</title>
<body style="font-family:system-ui;max-width:34rem;margin:2rem auto;display:grid;gap:.8rem">
<h1>模拟读卡器 Reader</h1>
<p>${lies ? `读卡器上放着：${lies.name} ${lies.number}` : '读卡器上没有证件。No card lies on the reader.'}</p>
${PEOPLE.map(({ name, number }, i) => button(`/put/${i}`, `放上 ${name} ${number}`)).join('\n')}
${button('/take', '拿开 Take it away')}
<p>证件都是编的。These people are made up.</p>`
}

function card(name: string, digits: string): Card {
  return { name, number: digits + checkSignOf(digits) }
}
