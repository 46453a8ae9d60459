export * from '../../../../src/leads/artifacts'
