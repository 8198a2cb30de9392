import { expect, test } from 'vitest'
import { isOwnMachine, readerProblem } from './reader-address.ts'

test('[IDENT8] a service that reads cards is on the kiosk’s machine, or by its number in the hall’s network', () => {
  for (const address of [
    'http://127.0.0.1:8000/cgi-bin/readCard',
    'http://localhost:38088/card=idcard',
    'http://[::1]:8000/read',
    'https://192.168.1.40/read',
    'http://10.1.2.3:81',
    'http://172.31.0.9/',
    'http://[fd00::5]/read',
  ]) {
    expect(readerProblem(address), address).toBeNull()
  }
  for (const address of [
    'http://reader.hall/read',
    'http://127.evil.example/read',
    'http://172.32.0.1/read',
    'http://8.8.8.8/read',
    'http://[2001:db8::1]/read',
    'http://[::ffff:8.8.8.8]/read',
    'http://0.0.0.0/read',
    'http://169.254.169.254/latest',
    'http://me:secret@127.0.0.1/read',
    'http://127.0.0.1/read#here',
    'ws://127.0.0.1/read',
    'readCard',
  ]) {
    expect(readerProblem(address), address).not.toBeNull()
  }
})

test('[IDENT8] this machine has three names', () => {
  const own = (address: string) => isOwnMachine(new URL(address))
  expect(['http://127.9.9.9', 'http://localhost:1', 'http://[::1]'].map(own)).toEqual([true, true, true])
  expect(['http://127.evil.example', 'http://10.0.0.1'].map(own)).toEqual([false, false])
})
