/** Ends this process when the one that forked it has gone, or went while this one was still loading and nobody listened. */
export function endWithParent(): void {
  process.on('disconnect', () => process.exit(0));
  if (!process.connected) process.exit(0);
}
