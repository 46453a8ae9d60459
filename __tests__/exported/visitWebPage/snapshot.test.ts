import { testSnapshotsOf } from '../__helpers__/snapshot'

testSnapshotsOf('visitWebPage')
