import type { SetupRequest } from '#protocol/api.ts'

/** What the form of the first administrator asks for: typed text without what surrounds it, the password as it is. [MANAGE6] */
export function setupRequest(form: FormData): SetupRequest {
  const said = (name: keyof SetupRequest) => String(form.get(name) ?? '')
  return {
    code: said('code').trim(),
    username: said('username').trim(),
    password: said('password'),
    name: said('name').trim(),
  }
}
