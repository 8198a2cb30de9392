import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'

/** Where in the file something is said: keys of mappings and places in lists. */
export type Path = readonly (string | number)[]

/** What is wrong, or doubtful, and where. Lines and columns count from 1. */
export interface Problem {
  line: number
  column: number
  path: Path
  message: string
}

/** A YAML file that was read, and knows where each thing in it stands. */
export interface PlacedFile {
  /** Its content as plain data; null when it cannot be read at all. */
  content: unknown
  /** What YAML itself finds wrong. */
  problems: Problem[]
  /** A problem with what stands at `path`; with `key`, with that key of the mapping there. What is not there: its parent. */
  problemAt(path: Path, message: string, key?: string): Problem
}

/** A small file may not unfold into a large one. */
const MAX_ALIASES = 1_000

/** Reads YAML. Never throws: what is wrong is in `problems`. */
export function readPlaced(text: string): PlacedFile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const at = (offset: number, path: Path, message: string): Problem => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col, path, message }
  }
  const problems = document.errors.map(({ pos, code, message }) =>
    at(
      pos[0],
      [],
      code === 'DUPLICATE_KEY' ? `${keyAt(text, pos[0])} is said twice in the same place` : message,
    ),
  )
  let content: unknown = null
  try {
    content = document.toJS({ maxAliasCount: MAX_ALIASES })
  } catch (error) {
    problems.push(at(0, [], (error as Error).message))
  }
  // A repeated key is still readable, so that what else is wrong can be said with it.
  if (document.errors.some(({ code }) => code !== 'DUPLICATE_KEY')) content = null
  return {
    content,
    problems,
    problemAt: (path, message, key) =>
      at(offsetOf(document, path, key), key === undefined ? path : [...path, key], message),
  }
}

function offsetOf(document: Document.Parsed, path: Path, key: string | undefined): number {
  let node: Node | null = document.contents
  let offset = node?.range?.[0] ?? 0
  for (const step of path) {
    const next = stepInto(document, node, step)
    if (!next) return offset
    node = next
    offset = node.range?.[0] ?? offset
  }
  const map = resolved(document, node)
  if (key === undefined || !isMap(map)) return offset
  const pair = map.items.find((item) => isScalar(item.key) && String(item.key.value) === key)
  return (pair?.key as Node | undefined)?.range?.[0] ?? offset
}

function stepInto(document: Document.Parsed, from: Node | null, step: string | number): Node | null {
  const node = resolved(document, from)
  if (isSeq(node)) return (node.items[Number(step)] as Node | undefined) ?? null
  if (!isMap(node)) return null
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
  return (pair?.value ?? pair?.key ?? null) as Node | null
}

/** What an alias (`*name`) stands for. */
function resolved(document: Document.Parsed, node: Node | null): Node | null {
  return isAlias(node) ? (node.resolve(document) ?? null) : node
}

function keyAt(text: string, offset: number): string {
  return /^[^\s:]+/.exec(text.slice(offset))?.[0] ?? 'a key'
}
