import type { Query } from './database.ts'

/** A picture as it is kept: `data` is base64. */
export interface Picture {
  type: string
  data: string
}

/** A picture by its id; null if there is none. */
export async function readPicture(query: Query, id: string): Promise<Picture | null> {
  const [row] = await query<Picture>('select type, data from nuanhao.picture where id = $1', [id])
  return row ?? null
}

/** Keeps a picture. Its id is made of its content, so what is there already is the same. */
export async function keepPicture(query: Query, id: string, { type, data }: Picture): Promise<void> {
  await query('insert into nuanhao.picture (id, type, data) values ($1, $2, $3) on conflict do nothing', [
    id,
    type,
    data,
  ])
}

/** Of these ids those that are not kept. */
export async function missingPictures(query: Query, ids: readonly string[]): Promise<string[]> {
  const rows = await query<{ id: string }>('select id from nuanhao.picture where id = any ($1)', [ids])
  return ids.filter((id) => !rows.some((row) => row.id === id))
}
