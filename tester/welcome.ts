import type { MarketoKind } from './marketo-instance'

interface Started {
  port: number
  sandboxUrl: string
  /** The Marketo for requests that name none. */
  marketo: { kind: MarketoKind; label: string }
  routes: string[]
}

/** The Identify call of the classic destination's documentation. It must not contain apostrophes, because two of them quote it. */
const IDENTIFY = {
  payload: {
    type: 'identify',
    userId: '1234',
    traits: {
      firstName: 'Robyn Rihanna',
      lastName: 'Fenty',
      email: 'rihanna@example.com',
      gender: 'woman',
      phone: '555-555-5555',
      company: 'Segment.com',
      birthday: '1988-02-20T00:00:00.000Z',
      address: { city: 'Eugene', country: 'USA', postalCode: '97405', state: 'Oregon' }
    }
  }
}

/** What `npm start` says: where it runs, which Marketo it talks to, and how to send a first event. */
export function welcome({ port, sandboxUrl, marketo, routes }: Started): string {
  const url = `http://localhost:${port}`
  const others =
    marketo.kind === 'sandbox'
      ? 'Settings for another instance in a request go to that real Marketo.'
      : 'Events written there are permanent. Settings for 123-ABC-456 in a request go to the sandbox.'
  const curl = `curl -s http://127.0.0.1:${port}/upsertLead -H 'content-type: application/json' -d '${JSON.stringify(
    IDENTIFY
  )}'`
  return `
Test server  ${url} (open it in a browser to try events)
Website      ${url}/website (Marketo in the page; its visitor is among the tester's leads)
Sandbox      ${sandboxUrl} (state: ${url}/sandbox/state)
Marketo      ${marketo.label}
             ${others}

Routes
  ${routes.join('\n  ')}

Send a first event
  ${curl}

Ctrl+C stops it.
`
}
