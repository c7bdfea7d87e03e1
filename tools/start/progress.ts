// What a person sees while the town starts: one line per finished step, and a sign of life in a terminal while one takes long.

export type Progress = {
  /** Names a piece of work while it runs and says how long it took. */
  readonly step: <Result>(name: string, work: Promise<Result>) => Promise<Result>;
  readonly say: (line: string) => void;
  /** Ends the display with these lines. */
  readonly done: (lines: readonly string[]) => void;
};

export function createProgress(out: NodeJS.WriteStream = process.stdout): Progress {
  const started = Date.now();
  const running = new Map<string, number>();
  const seconds = (since: number): string => `${((Date.now() - since) / 1000).toFixed(1).replace('.', ',')} s`;
  const clear = (): void => {
    if (out.isTTY) out.write('\r\u001B[K');
  };
  const say = (line: string): void => {
    clear();
    out.write(`${line}\n`);
  };
  const tick = setInterval(() => {
    if (!out.isTTY || running.size === 0) return;
    clear();
    out.write(
      [...running]
        .map(([name, since]) => `${name}… ${seconds(since)}`)
        .join(' · ')
        .slice(0, (out.columns || 80) - 1),
    );
  }, 250);
  tick.unref();
  return {
    say,
    step: async (name, work) => {
      running.set(name, Date.now());
      const since = Date.now();
      try {
        const result = await work;
        say(`  ${name}: hotovo (${seconds(since)})`);
        return result;
      } finally {
        running.delete(name);
      }
    },
    done: (lines) => {
      clearInterval(tick);
      say(`  Celkem ${seconds(started)}\n`);
      for (const line of lines) say(line);
    },
  };
}
