import type { Keys } from '#settings/key-file.ts'
import type { PrintJob } from '#store/print-jobs.ts'
import { type DrawnPaper, seal, unseal } from '#store/private.ts'

type Paper = Pick<PrintJob, 'id' | 'siteId'>

/** What a screen has drawn, as it waits for the printer: the ticket's link can be read off it, so that it is sealed. [PRIVACY4] */
export function sealPicture(picture: string, paper: Paper, keys: Keys): string {
  return JSON.stringify(seal({ picture }, ownerOf(paper), keys))
}

/** What was drawn; null when it cannot be opened any more: its key was taken out, or an earlier version kept it unsealed. */
export function openPicture(sealed: string, paper: Paper, keys: Keys): string | null {
  try {
    return unseal<DrawnPaper>(JSON.parse(sealed), ownerOf(paper), keys).picture
  } catch {
    return null
  }
}

function ownerOf({ id, siteId }: Paper): string {
  return `paper ${siteId} ${id}`
}
