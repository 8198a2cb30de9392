import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { shared } from '../words.ts'

type Encoder = typeof import('uqr')
let encoder: Promise<Encoder> | undefined

/** Fetches what draws QR codes, once; a page that will need one calls this in time. */
export function fetchEncoder(): Promise<Encoder> {
  encoder ??= import('uqr').catch((error: unknown) => {
    encoder = undefined
    throw error
  })
  return encoder
}

/** A QR code drawn here, from nothing but its text: no address leaves the screen to make it. */
export function Qr({ text, testId }: { text: string; testId?: string }) {
  const code = useSignal<ReturnType<Encoder['encode']> | null>(null)
  useEffect(() => {
    fetchEncoder().then(
      ({ encode }) => {
        code.value = encode(text, { ecc: 'M', border: 2 })
      },
      // The number stands without it.
      () => {},
    )
  }, [text])
  if (code.value === null) return <div class="qr" />
  const { data, size } = code.value
  return (
    <svg
      class="qr"
      data-testid={testId}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={shared('qr')}
      shape-rendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={modules(data)} fill="#1c140e" />
    </svg>
  )
}

/** The dark modules as one path, a run at a time. */
function modules(rows: readonly (readonly boolean[])[]): string {
  let path = ''
  for (const [y, row] of rows.entries()) {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue
      const from = x
      while (row[x + 1]) x++
      path += `M${from} ${y}h${x - from + 1}v1h-${x - from + 1}z`
    }
  }
  return path
}
