// The walks of one mode, in a process of their own beside those of the other: MODE, SEED and POSTGRES_URL. Sends its proofs.
import { proveModel } from './proofs.ts'

const { MODE, SEED, POSTGRES_URL = '' } = process.env
const mode = MODE === 'services' ? 'services' : 'embedded'
const say = (line: string) => process.stdout.write(`${line}\n`)
const proofs = await proveModel({ mode, seed: Number(SEED), postgresUrl: POSTGRES_URL, say })
process.send?.(proofs, () => process.exit(0))
