/**
 * Rounds of real processes: small applications against a real S3 server, which are killed, frozen and terminated at
 * random moments and at chosen points of the protocol. See {@link dev.migrate.chaos.ProcessRoundsIT}.
 */
package dev.migrate.chaos;
