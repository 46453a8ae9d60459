import { programs } from '../marketo/areas/programs'
import { choiceById, pagedChoices } from './choices'

/** The programs of the instance. */
export const programChoices = pagedChoices(async (client, _payload, page) => {
  const { items, nextPage } = await programs(client, page)
  return { items: items.map((program) => choiceById(program, program.channel, program.workspace)), nextPage }
})
