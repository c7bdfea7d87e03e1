// Events by BPMN 2.0.2, 10.5 and 13.5: timers, messages, errors, and what they interrupt.
import { describe, expect, it } from 'vitest';
import {
  boundary,
  catching,
  diagram,
  end,
  error,
  eventSubProcess,
  extensions,
  gateway,
  input,
  message,
  newCase,
  NOON,
  path,
  script,
  service,
  start,
  subProcess,
  task,
  terminate,
  timer,
} from './diagrams.ts';

describe('a timer', () => {
  it.each([
    ['timeDuration', 'PT20M', '2026-03-02T11:20:00.000Z'],
    ['timeDuration', 'P1M', '2026-04-02T10:00:00.000Z'],
    ['timeDuration', 'P100Y', '2126-03-02T11:00:00.000Z'],
    ['timeDate', '2026-07-01', '2026-06-30T22:00:00.000Z'],
    ['timeDate', '2026-07-01T08:00:00', '2026-07-01T06:00:00.000Z'],
    ['timeDate', '2026-07-01T08:00:00Z', '2026-07-01T08:00:00.000Z'],
    ['timeDuration', '= &quot;P&quot; + string(dni) + &quot;D&quot;', '2026-03-07T11:00:00.000Z'],
    ['timeDuration', '= duration(&quot;P2D&quot;)', '2026-03-04T11:00:00.000Z'],
  ] as const)('%s %s is due at %s', async (kind, text, dueAt) => {
    const driven = await newCase(diagram(start('s'), catching('t', timer(kind, text)), end(), path('s', 't', 'e')), { dni: 5 });
    expect(driven.wait('t')).toMatchObject({ kind: 'timer', dueAt });
  });

  it('does not fire before its time and fires at it', async () => {
    const driven = await newCase(diagram(start('s'), catching('t', timer('timeDuration', 'PT1H')), end(), path('s', 't', 'e')));
    await driven.wake('2026-03-02T11:59:59.999Z');
    expect(driven.waiting()).toEqual(['t']);
    expect((await driven.wake('2026-03-02T12:00:00.000Z')).ended).toBeDefined();
  });

  it('counts a deadline by its name', async () => {
    const driven = await newCase(
      diagram(
        start('s'),
        task('a', 'spis:deadline="lhuta"'),
        boundary('b', 'a', '<bpmn:timerEventDefinition/>', 'spis:deadline="lhuta"'),
        end(),
        path('s', 'a', 'e'),
        path('b', 'e'),
      ),
    );
    expect(driven.wait('a')).toMatchObject({ deadline: 'lhuta' });
    expect(driven.wait('b')).toMatchObject({ kind: 'timer', dueAt: '2026-04-01T11:00:00.000Z', attachedTo: 'a', deadline: 'lhuta' });
  });

  it('becomes an incident on the boundary when its expression fails, the task waits on, and a retry sets it', async () => {
    const driven = await newCase(
      diagram(
        start('s'),
        task('a'),
        gateway('parallel', 'p'),
        task('oprava', 'spis:result="doba"'),
        boundary('b', 'a', timer('timeDuration', '= doba.text')),
        end(),
        path('s', 'p', 'a', 'e'),
        path('p', 'oprava', 'e'),
        path('b', 'e'),
      ),
    );
    expect(driven.waiting()).toEqual(['a', 'b', 'oprava']);
    expect(driven.wait('b')).toMatchObject({ kind: 'incident' });
    await driven.complete('oprava', { text: 'P1D' });
    await driven.retry('b');
    expect(driven.wait('b')).toMatchObject({ kind: 'timer', attachedTo: 'a' });
    await driven.complete('a');
    expect(driven.waiting()).toEqual([]);
  });

  it('makes an unknown deadline an incident', async () => {
    const driven = await newCase(
      diagram(start('s'), catching('t', '<bpmn:timerEventDefinition/>', 'spis:deadline="neni"'), end(), path('s', 't', 'e')),
    );
    expect(driven.wait('t')).toMatchObject({ kind: 'incident', code: 'expression-failed' });
  });

  it('fires overdue timers in order of due time and again until none is overdue', async () => {
    const driven = await newCase(
      diagram(
        start('s'),
        gateway('parallel', 'p'),
        catching('pozdeji', timer('timeDuration', 'PT2H')),
        catching('driv', timer('timeDuration', 'PT1H')),
        catching('hned', timer('timeDuration', 'PT0S')),
        end(),
        path('s', 'p', 'pozdeji', 'e'),
        path('p', 'driv', 'hned', 'e'),
      ),
    );
    const result = await driven.wake('2026-03-05T00:00:00.000Z');
    expect(result.trace.flatMap((entry) => (entry.kind === 'completed' && entry.elementId !== 'e' ? [entry.elementId] : []))).toEqual([
      'driv',
      'pozdeji',
      'hned',
    ]);
    expect(result.ended).toBeDefined();
  });
});

describe('a boundary event', () => {
  it('that interrupts ends its task', async () => {
    const driven = await newCase(
      diagram(
        start('s'),
        task('a'),
        boundary('b', 'a', timer('timeDuration', 'P1D')),
        task('po'),
        end(),
        path('s', 'a', 'e'),
        path('b', 'po', 'e'),
      ),
    );
    const result = await driven.wake('2026-03-04T00:00:00.000Z');
    expect(driven.waiting()).toEqual(['po']);
    expect(result.trace.map((entry) => entry.kind)).toContain('cancelled');
  });

  it('that does not interrupt leaves its task, and a message may come again', async () => {
    const driven = await newCase(
      diagram(
        start('s'),
        task('a'),
        boundary('b', 'a', message('dotaz'), 'cancelActivity="false" spis:result="dotaz"'),
        task('odpoved'),
        end(),
        path('s', 'a', 'e'),
        path('b', 'odpoved', 'e'),
      ),
    );
    await driven.send('dotaz', { n: 1 });
    await driven.send('dotaz', { n: 2 });
    expect(driven.waiting()).toEqual(['a', 'b', 'odpoved', 'odpoved']);
    expect(driven.result().variables).toEqual({ dotaz: { n: 2 } });
    await driven.complete('a');
    expect(driven.waiting()).toEqual(['odpoved', 'odpoved']);
  });

  it('of time fires once', async () => {
    const driven = await newCase(
      diagram(
        start('s'),
        task('a'),
        boundary('b', 'a', timer('timeDuration', 'P1D'), 'cancelActivity="false"'),
        task('upominka'),
        end(),
        path('s', 'a', 'e'),
        path('b', 'upominka', 'e'),
      ),
    );
    await driven.wake('2026-03-09T00:00:00.000Z');
    expect(driven.waiting()).toEqual(['a', 'upominka']);
  });

  it('repeats as often as drawn, without making up for what was missed', async () => {
    const driven = await newCase(
      diagram(
        start('s'),
        task('a'),
        boundary('b', 'a', timer('timeCycle', 'R3/P1D'), 'cancelActivity="false"'),
        script('u', 'pocet + 1', 'spis:result="pocet"'),
        end(),
        path('s', 'a', 'e'),
        path('b', 'u', 'e'),
      ),
      { pocet: 0 },
    );
    await driven.wake('2026-03-03T11:00:00.000Z');
    expect(driven.wait('b')).toMatchObject({ dueAt: '2026-03-04T11:00:00.000Z' });
    await driven.wake('2026-03-20T11:00:00.000Z');
    expect(driven.waiting()).toEqual(['a']);
    expect(driven.result().variables['pocet']).toBe(2);
  });

  it('catches the refusal of an effect by its code, the exact code first', async () => {
    const drawn = diagram(
      start('s'),
      service('v'),
      boundary('jine', 'v', '<bpmn:errorEventDefinition/>'),
      boundary('presne', 'v', error('nema-schranku'), 'spis:result="chyba"'),
      task('a'),
      task('b'),
      end(),
      path('s', 'v', 'e'),
      path('jine', 'a', 'e'),
      path('presne', 'b', 'e'),
    );
    const exact = await newCase(drawn);
    await exact.answer('v', { refused: { code: 'nema-schranku', reason: 'Nemá.' } });
    expect(exact.waiting()).toEqual(['b']);
    expect(exact.result().variables).toEqual({ chyba: { code: 'nema-schranku', reason: 'Nemá.' } });
    const other = await newCase(drawn);
    await other.answer('v', { refused: { code: 'jiny', reason: 'Jiný.' } });
    expect(other.waiting()).toEqual(['a']);
  });
});

describe('an effect', () => {
  it('that nothing catches becomes an incident; a retry asks again under a new key and keeps the running deadline', async () => {
    const driven = await newCase(
      diagram(
        start('s'),
        service('v', '', extensions(input('komu', '= podani.kdo'), input('druh', 'dopis'))),
        boundary('b', 'v', timer('timeDuration', 'P1D')),
        end(),
        path('s', 'v', 'e'),
        path('b', 'e'),
      ),
      { podani: { kdo: 'X' } },
    );
    const before = driven.wait('v');
    expect(before).toMatchObject({ input: { komu: 'X', druh: 'dopis' } });
    const due = driven.wait('b');
    driven.at('2026-03-02T15:00:00.000Z');
    await driven.answer('v', { refused: { code: 'nejde', reason: 'Nejde.' } });
    expect(driven.wait('v')).toMatchObject({ kind: 'incident', code: 'uncaught-error', executionId: before.executionId });
    await driven.retry('v');
    expect(driven.wait('v')).toMatchObject({ kind: 'effect' });
    expect(driven.wait('v').executionId).not.toBe(before.executionId);
    expect(driven.wait('b')).toEqual(due);
    await driven.wake('2026-03-03T11:00:00.000Z');
    expect(driven.waiting()).toEqual([]);
  });

  it('gives its value to spis:result only', async () => {
    const drawn = (attributes: string): string => diagram(start('s'), service('v', attributes), end(), path('s', 'v', 'e'));
    const named = await newCase(drawn('spis:result="cislo"'));
    expect((await named.answer('v', { done: 42 })).variables).toEqual({ cislo: 42 });
    const plain = await newCase(drawn(''));
    expect((await plain.answer('v', { done: 42 })).variables).toEqual({});
  });

  it('whose input cannot be computed becomes an incident', async () => {
    const driven = await newCase(diagram(start('s'), service('v', '', extensions(input('a', '= neni.tu'))), end(), path('s', 'v', 'e')));
    expect(driven.wait('v')).toMatchObject({ kind: 'incident', code: 'expression-failed' });
  });
});

describe('messages', () => {
  it('reach the place that has waited longest, or the one that is named', async () => {
    const drawn = diagram(
      start('s'),
      gateway('parallel', 'p'),
      catching('a', message('platba'), 'spis:result="zaplaceno"'),
      '<bpmn:receiveTask id="b" messageRef="message-platba"/>',
      end(),
      path('s', 'p', 'a', 'e'),
      path('p', 'b', 'e'),
    );
    const oldest = await newCase(drawn);
    await oldest.send('platba', { amount: 100 });
    expect(oldest.waiting()).toEqual(['b']);
    expect(oldest.result().variables).toEqual({ zaplaceno: { amount: 100 } });
    expect((await oldest.send('platba')).ended).toBeDefined();
    const one = await newCase(drawn);
    await one.tell({ kind: 'message', message: 'platba', payload: 1, executionId: one.wait('b').executionId });
    expect(one.waiting()).toEqual(['a']);
  });
});

describe('an event gateway', () => {
  const drawn = diagram(
    start('s'),
    gateway('eventBased', 'g'),
    catching('m', message('platba'), 'spis:result="platba"'),
    catching('t', timer('timeDuration', 'P15D')),
    task('zaplaceno'),
    task('nezaplaceno'),
    end(),
    path('s', 'g', 'm', 'zaplaceno', 'e'),
    path('g', 't', 'nezaplaceno', 'e'),
  );
  it('goes the way of the event that comes first and forgets the others', async () => {
    const paid = await newCase(drawn);
    expect(paid.waiting()).toEqual(['m', 't']);
    await paid.send('platba', { amount: 5 });
    expect(paid.waiting()).toEqual(['zaplaceno']);
    expect(paid.result().variables).toEqual({ platba: { amount: 5 } });
    const late = await newCase(drawn);
    await late.wake('2026-04-02T00:00:00.000Z');
    expect(late.waiting()).toEqual(['nezaplaceno']);
  });
});

describe('a sub-process', () => {
  const inner = subProcess(
    'sub',
    start('si'),
    gateway('parallel', 'pi'),
    task('a'),
    task('b'),
    end('ei'),
    path('si', 'pi', 'a', 'ei'),
    path('pi', 'b', 'ei'),
  );
  it('ends when everything inside has ended', async () => {
    const driven = await newCase(diagram(start('s'), inner, task('po'), end(), path('s', 'sub', 'po', 'e')));
    await driven.complete('a');
    expect(driven.waiting()).toEqual(['b']);
    await driven.complete('b');
    expect(driven.waiting()).toEqual(['po']);
  });

  it('is cancelled with everything inside by an interrupting boundary event', async () => {
    const driven = await newCase(
      diagram(
        start('s'),
        inner,
        boundary('x', 'sub', message('zpetvzeti')),
        task('po'),
        end(),
        path('s', 'sub', 'e'),
        path('x', 'po', 'e'),
      ),
    );
    const result = await driven.send('zpetvzeti');
    expect(driven.waiting()).toEqual(['po']);
    expect(result.trace.flatMap((entry) => (entry.kind === 'cancelled' ? [entry.elementId] : []))).toEqual(['a', 'b', 'sub']);
  });

  it('lets an error out of nested sub-processes to the boundary that knows it', async () => {
    const drawn = diagram(
      start('s'),
      subProcess(
        'vnejsi',
        start('s1'),
        subProcess('vnitrni', start('s2'), service('v'), end('e2'), path('s2', 'v', 'e2')),
        task('vedle'),
        gateway('parallel', 'p1'),
        end('e1'),
        path('s1', 'p1', 'vnitrni', 'e1'),
        path('p1', 'vedle', 'e1'),
      ),
      boundary('b', 'vnejsi', error('konec')),
      task('po'),
      end(),
      path('s', 'vnejsi', 'e'),
      path('b', 'po', 'e'),
    );
    const driven = await newCase(drawn);
    await driven.answer('v', { refused: { code: 'konec', reason: '' } });
    expect(driven.waiting()).toEqual(['po']);
  });

  it('ends by an error end event that its boundary catches', async () => {
    const driven = await newCase(
      diagram(
        start('s'),
        subProcess('sub', start('si'), task('a'), end('ei', error('zle')), path('si', 'a', 'ei')),
        boundary('b', 'sub', error('zle')),
        task('po'),
        end(),
        path('s', 'sub', 'e'),
        path('b', 'po', 'e'),
      ),
    );
    await driven.complete('a');
    expect(driven.waiting()).toEqual(['po']);
  });

  it('ends alone by a terminate end inside it', async () => {
    const driven = await newCase(
      diagram(
        start('s'),
        subProcess(
          'sub',
          start('si'),
          gateway('parallel', 'pi'),
          task('a'),
          task('b'),
          end('ei', terminate),
          end('ej'),
          path('si', 'pi', 'a', 'ei'),
          path('pi', 'b', 'ej'),
        ),
        task('po'),
        end(),
        path('s', 'sub', 'po', 'e'),
      ),
    );
    await driven.complete('a');
    expect(driven.waiting()).toEqual(['po']);
  });
});

describe('the end of a case', () => {
  it('by terminate ends everything', async () => {
    const driven = await newCase(
      diagram(
        start('s'),
        gateway('parallel', 'p'),
        task('a'),
        task('b'),
        end('e', terminate, 'spis:outcome="stopped"'),
        end('f'),
        path('s', 'p', 'a', 'e'),
        path('p', 'b', 'f'),
      ),
    );
    const result = await driven.complete('a');
    expect(result.waits).toEqual([]);
    expect(result.ended).toEqual({ elementId: 'e', outcome: 'stopped' });
  });

  it('by an error that nothing catches waits for a person', async () => {
    const driven = await newCase(diagram(start('s'), end('e', error('zle')), path('s', 'e')));
    expect(driven.wait('e')).toMatchObject({ kind: 'incident', code: 'uncaught-error' });
  });
});

describe('an event sub-process', () => {
  const withdrawal = (attributes = ''): string =>
    eventSubProcess(
      'odvolani',
      start('zpet', message('zpetvzeti'), attributes),
      task('usneseni'),
      end('ez', '', 'spis:outcome="withdrawn"'),
      path('zpet', 'usneseni', 'ez'),
    );

  it("that interrupts ends the main flow, and its own end is the case's end", async () => {
    const driven = await newCase(diagram(start('s'), task('a'), end('e', '', 'spis:outcome="done"'), path('s', 'a', 'e'), withdrawal()));
    expect(driven.waiting()).toEqual(['a', 'zpet']);
    await driven.send('zpetvzeti');
    expect(driven.waiting()).toEqual(['usneseni']);
    expect((await driven.complete('usneseni')).ended).toEqual({ elementId: 'ez', outcome: 'withdrawn' });
  });

  it('listens no more when the main flow has ended', async () => {
    const driven = await newCase(diagram(start('s'), task('a'), end('e', '', 'spis:outcome="done"'), path('s', 'a', 'e'), withdrawal()));
    const result = await driven.complete('a');
    expect(result.waits).toEqual([]);
    expect(result.ended?.outcome).toBe('done');
  });

  it('that does not interrupt runs beside, more than once, and the case waits for it', async () => {
    const driven = await newCase(diagram(start('s'), task('a'), end(), path('s', 'a', 'e'), withdrawal('isInterrupting="false"')));
    await driven.send('zpetvzeti');
    await driven.send('zpetvzeti');
    await driven.complete('a');
    expect(driven.waiting()).toEqual(['usneseni', 'usneseni', 'zpet']);
    await driven.complete('usneseni');
    expect((await driven.complete('usneseni')).ended).toBeDefined();
  });

  it('starts by time, and by an error from anywhere inside', async () => {
    const timed = await newCase(
      diagram(
        start('s'),
        task('a'),
        end(),
        path('s', 'a', 'e'),
        eventSubProcess('ep', start('t', timer('timeDuration', 'P60D')), task('b'), end('e2'), path('t', 'b', 'e2')),
      ),
    );
    await timed.wake('2026-06-01T00:00:00.000Z');
    expect(timed.waiting()).toEqual(['b']);
    const failed = await newCase(
      diagram(
        start('s'),
        subProcess('sub', start('si'), service('v'), end('ei'), path('si', 'v', 'ei')),
        end(),
        path('s', 'sub', 'e'),
        eventSubProcess('ep', start('t', error('zle'), 'spis:result="chyba"'), task('b'), end('e2'), path('t', 'b', 'e2')),
      ),
    );
    await failed.answer('v', { refused: { code: 'zle', reason: 'r' } });
    expect(failed.waiting()).toEqual(['b']);
    expect(failed.result().variables).toEqual({ chyba: { code: 'zle', reason: 'r' } });
  });

  it('does not catch the errors it makes itself', async () => {
    const driven = await newCase(
      diagram(
        start('s'),
        service('v'),
        end(),
        path('s', 'v', 'e'),
        eventSubProcess('ep', start('t', '<bpmn:errorEventDefinition/>'), service('w'), end('e2'), path('t', 'w', 'e2')),
      ),
    );
    await driven.answer('v', { refused: { code: 'zle', reason: 'r' } });
    await driven.answer('w', { refused: { code: 'zle', reason: 'r' } });
    expect(driven.wait('w')).toMatchObject({ kind: 'incident', code: 'uncaught-error' });
  });

  it('inside a sub-process ends only that one, which then goes on', async () => {
    const driven = await newCase(
      diagram(
        start('s'),
        subProcess('sub', start('si'), task('a'), end('ei'), path('si', 'a', 'ei'), withdrawal()),
        task('po'),
        end(),
        path('s', 'sub', 'po', 'e'),
      ),
    );
    await driven.send('zpetvzeti');
    await driven.complete('usneseni');
    expect(driven.waiting()).toEqual(['po']);
  });
});

describe('time of a case', () => {
  it('is the time of the step and nothing else', async () => {
    const driven = await newCase(diagram(start('s'), task('a'), task('b'), end(), path('s', 'a', 'b', 'e')));
    expect(driven.wait('a').since).toBe(NOON);
    driven.at('2031-01-01T00:00:00.000Z');
    await driven.complete('a');
    expect(driven.wait('b').since).toBe('2031-01-01T00:00:00.000Z');
  });
});
