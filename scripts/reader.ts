// `npm run reader -- [--port 8000]`: stands in for a service that reads identity cards beside a kiosk. Its people are made up.
import { parseArgs } from 'node:util'
import { startReader } from './reader-service.ts'

const { values } = parseArgs({ options: { port: { type: 'string', default: '8000' } } })
const port = Number(values.port)
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  console.error('--port must be a number from 0 to 65535')
  process.exit(2)
}
try {
  const { url } = await startReader(port)
  console.log(`A reader without a card, at ${url}: open it, and put a made-up card on it. In hall.yaml:

identity:
  keyboard: true
  service:
    url: ${url}cgi-bin/readCard
    method: POST
    paths: { number: info.idCode, name: info.name }
`)
} catch (error) {
  console.error(`The reader cannot listen on port ${port}: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
}
