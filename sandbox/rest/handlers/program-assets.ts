import type { Marketo } from '../../state/marketo'
import type { Channel, Program } from '../../state/programs'
import { assetTime, urlOf } from '../assets'
import type { ReceivedCall } from '../call'
import { assetPage, found, required } from '../pages'

const shown = (marketo: Marketo, { id, name, type, channel, createdAt }: Program) => ({
  id,
  name,
  description: '',
  createdAt: assetTime(createdAt),
  updatedAt: assetTime(createdAt),
  url: urlOf(marketo, 'PG', id),
  type,
  channel,
  folder: { type: 'Folder', value: 417, folderName: 'Campaigns' },
  status: type === 'Engagement' ? 'on' : '',
  workspace: 'Default',
  headStart: false
})

/** Get Programs */
export function browsePrograms(marketo: Marketo, { params }: ReceivedCall) {
  const programs = marketo.programs.all().map((program) => shown(marketo, program))
  const status = params.get('status')
  const wanted = status === null ? programs : programs.filter((program) => program.status === status)
  return assetPage(wanted, params, marketo.limits.assetsPerPage)
}

/** Get Program by Id */
export function programById(marketo: Marketo, { pathArgument }: ReceivedCall) {
  const programs = marketo.programs.all().filter(({ id }) => String(id) === pathArgument)
  return found(programs.map((program) => ({ ...shown(marketo, program), tags: [], costs: null })))
}

/** Get Program by Name: exact */
export function programByName(marketo: Marketo, { params }: ReceivedCall) {
  const name = required(params, 'name')
  return found(marketo.programs.all().flatMap((program) => (program.name === name ? [shown(marketo, program)] : [])))
}

const MADE = '2024-01-15T09:30:00Z+0000'

const shownChannel = ({ id, name, progressionStatuses }: Channel) => ({
  id,
  name,
  applicableProgramType: name === 'Webinar' ? 'event' : 'program',
  progressionStatuses: progressionStatuses.map((status) => ({ ...status, description: null })),
  createdAt: MADE,
  updatedAt: MADE
})

/** Get Channels */
export function browseChannels({ limits, programs }: Marketo, { params }: ReceivedCall) {
  return assetPage(programs.channels.map(shownChannel), params, limits.assetsPerPage)
}

/** Get Channel by Name: exact */
export function channelByName({ programs }: Marketo, { params }: ReceivedCall) {
  const name = required(params, 'name')
  return found(programs.channels.filter((channel) => channel.name === name).map(shownChannel))
}
