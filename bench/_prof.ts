import { measureAddedWork } from './added-work'
import { forkSandbox } from './sandbox-process'
void (async () => {
  const s = await forkSandbox()
  console.table(await measureAddedWork())
  s.stop()
})()
