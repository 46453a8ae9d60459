/** Sends one Identify event for each birthday. It is a separate process so that it can run in another time zone. */
import { sendBatch } from './marketo'
import { eventOf, statusesOf } from './events'
import { routeMarketoTo } from '../../sandbox/route-marketo'

const { port, birthdays } = JSON.parse(process.argv[2]) as { port: number; birthdays: (string | number)[] }
routeMarketoTo(port)
void sendBatch(
  'upsertLead',
  birthdays.map((birthday, i) => eventOf({ userId: `born-${i}` }, { birthday }))
).then((reports) => {
  process.stdout.write(JSON.stringify({ offset: new Date(0).getTimezoneOffset(), statuses: statusesOf(reports) }))
  process.exit()
})
