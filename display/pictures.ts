import { signal } from '@preact/signals'
import type { Api } from '#ui/api.ts'

/** The pictures of a hall's notices as addresses of their data, those that are wanted and no others. [PICTURE2] */
export function picturesOf(api: Pick<Api, 'picture'>, siteId: string) {
  const have = signal<Record<string, string>>({})
  let wanted: string[] = []
  return {
    /** Fetches what is not there yet and drops what is not wanted any more. One that cannot be had is left out. */
    want(ids: string[]) {
      wanted = ids
      const kept = Object.entries(have.peek()).filter(([id]) => ids.includes(id))
      have.value = Object.fromEntries(kept)
      for (const id of new Set(ids)) {
        if (have.peek()[id]) continue
        api.picture(siteId, id).then(
          ({ type, data }) => {
            if (wanted.includes(id)) have.value = { ...have.peek(), [id]: `data:${type};base64,${data}` }
          },
          () => {},
        )
      }
    },
    data: (id: string | undefined): string | null => (id === undefined ? null : (have.value[id] ?? null)),
  }
}
