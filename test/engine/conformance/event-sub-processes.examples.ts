// Event sub-processes (BPMN 2.0.2, 10.3.5, 13.5.4).
import {
  after,
  boundary,
  catching,
  compensation,
  condition,
  end,
  error,
  escalation,
  eventSub,
  every,
  flows,
  message,
  one,
  script,
  service,
  signal,
  start,
  sub,
  task,
  throwing,
  user,
} from './drawing.ts';
import type { Example } from './example.ts';

const post = (name: string) => ({ kind: 'message', name, payload: null }) as const;
const none = { complete: 'none' } as const;

/** A sub-process `p` around `inside`, with the boundary event `b`. */
const around = (event: string, ...inside: readonly string[]): string =>
  one(start(), sub('p', start('ps'), ...inside), event, end(), end('n'), flows('s p e', 'b n'));
/** A user task `t` in the process, and an event sub-process `v` with the task `vt`. */
const listening = (definition: string, attributes = '', ...more: readonly string[]): string =>
  one(
    start(),
    user('t'),
    end(),
    flows('s t e'),
    eventSub('v', start('vs', definition, attributes), task('vt'), end('ve'), flows('vs vt ve')),
    ...more,
  );
const goesOn = 'isInterrupting="false"';

export const eventSubProcessExamples: readonly Example[] = [
  {
    element: 'event sub-process, message, interrupting',
    says: 'Its message ends what was running around it.',
    model: listening(message('m')),
    asks: { ...none, posts: [post('m')] },
    expects: { trace: 's vs vt ve v' },
  },
  {
    element: 'event sub-process, message, non-interrupting',
    says: 'Each message runs it once beside the rest.',
    model: listening(message('m'), goesOn),
    asks: { ...none, posts: [post('m'), post('m')] },
    expects: { trace: 's vs vt ve v vs vt ve v', status: 'waiting' },
  },
  {
    element: 'event sub-process, message, non-interrupting',
    says: 'The process ends when its token and the event sub-process have ended.',
    model: one(
      start(),
      user('t'),
      end(),
      flows('s t e'),
      eventSub('v', start('vs', message('m'), goesOn), catching('vc', message('q')), end('ve'), flows('vs vc ve')),
    ),
    asks: { complete: 'all', posts: [post('m')] },
    expects: { trace: 's t e' },
  },
  {
    element: 'event sub-process, timer, interrupting',
    says: 'When its time is up the rest is ended.',
    model: listening(after('PT10S')),
    asks: { ...none, advance: 'PT65S' },
    expects: { trace: 's vs vt ve v', at: ['vs 10'] },
  },
  {
    element: 'event sub-process, timer, non-interrupting',
    says: 'A cycle runs it each time.',
    model: listening(every('R2/PT10S'), goesOn),
    asks: { ...none, advance: 'PT65S' },
    expects: { trace: 's vs vt ve v vs vt ve v', status: 'waiting', at: ['vs 10', 'vs 20'], waits: ['t task'] },
  },
  {
    element: 'event sub-process, signal, interrupting',
    says: 'Its signal ends the rest.',
    model: listening(signal('g')),
    asks: { ...none, posts: [{ kind: 'signal', name: 'g', payload: null }] },
    expects: { trace: 's vs vt ve v' },
  },
  {
    element: 'event sub-process, signal, non-interrupting',
    says: 'Its signal runs it beside the rest.',
    model: listening(signal('g'), goesOn),
    asks: { ...none, posts: [{ kind: 'signal', name: 'g', payload: null }] },
    expects: { trace: 's vs vt ve v', status: 'waiting' },
  },
  {
    element: 'event sub-process, conditional, interrupting',
    says: 'It runs when its condition becomes true.',
    model: one(
      start(),
      script('h', '2', 'v'),
      user('t'),
      end(),
      flows('s h t e'),
      eventSub('w', start('vs', condition('v > 1')), task('vt'), end('ve'), flows('vs vt ve')),
    ),
    asks: { ...none, variables: { v: 0 } },
    expects: { trace: 's h vs vt ve w' },
  },
  {
    element: 'event sub-process, error',
    says: 'It catches an error of its scope, and the scope ends as usual.',
    model: one(
      start(),
      end('k', error('X')),
      flows('s k'),
      eventSub('v', start('vs', error('X')), task('vt'), end('ve'), flows('vs vt ve')),
    ),
    expects: { trace: 's k vs vt ve v' },
  },
  {
    element: 'event sub-process, error',
    says: 'It catches before the boundary of its scope does.',
    model: around(
      boundary('b', 'p', error('X')),
      end('pe', error('X')),
      flows('ps pe'),
      eventSub('v', start('vs', error('X')), end('ve'), flows('vs ve')),
    ),
    expects: { trace: 's ps pe vs ve v p e' },
  },
  {
    element: 'event sub-process, error',
    says: 'The refusal of a service is an error too.',
    model: one(
      start(),
      service('t'),
      end(),
      flows('s t e'),
      eventSub('v', start('vs', error('X')), task('vt'), end('ve'), flows('vs vt ve')),
    ),
    asks: { answers: { t: { refused: { code: 'X' } } } },
    expects: { trace: 's vs vt ve v' },
  },
  {
    element: 'event sub-process, error',
    says: 'An error inside it goes outward, not to itself.',
    model: around(
      boundary('b', 'p', error('X')),
      end('pe', error('X')),
      flows('ps pe'),
      eventSub('v', start('vs', error('X')), end('ve', error('X')), flows('vs ve')),
    ),
    expects: { trace: 's ps pe vs ve b n' },
  },
  {
    element: 'event sub-process, escalation',
    says: 'An interrupting one ends its scope.',
    model: one(
      start(),
      throwing('k', escalation('Y')),
      user('t'),
      end(),
      flows('s k t e'),
      eventSub('v', start('vs', escalation('Y')), task('vt'), end('ve'), flows('vs vt ve')),
    ),
    asks: none,
    expects: { trace: 's k vs vt ve v' },
  },
  {
    element: 'event sub-process, escalation',
    says: 'A non-interrupting one runs beside its scope.',
    model: one(
      start(),
      throwing('k', escalation('Y')),
      user('t'),
      end(),
      flows('s k t e'),
      eventSub('v', start('vs', escalation('Y'), goesOn), task('vt'), end('ve'), flows('vs vt ve')),
    ),
    expects: { trace: 's k {t e | vs vt ve v}' },
  },
  {
    element: 'event sub-process inside a sub-process',
    says: 'An interrupting one ends that sub-process only, and its process goes on.',
    model: one(
      start(),
      sub(
        'p',
        start('ps'),
        user('t'),
        end('pe'),
        flows('ps t pe'),
        eventSub('v', start('vs', message('m')), task('vt'), end('ve'), flows('vs vt ve')),
      ),
      task('n'),
      end(),
      flows('s p n e'),
    ),
    asks: { ...none, posts: [post('m')] },
    expects: { trace: 's ps vs vt ve v p n e' },
  },
  {
    element: 'event sub-process inside a sub-process',
    says: 'It no longer listens when the sub-process has ended.',
    model: one(
      start(),
      sub(
        'p',
        start('ps'),
        task('t'),
        end('pe'),
        flows('ps t pe'),
        eventSub('v', start('vs', message('m')), task('vt'), end('ve'), flows('vs vt ve')),
      ),
      user('n'),
      end(),
      flows('s p n e'),
    ),
    asks: { ...none, posts: [post('m')] },
    expects: { trace: 's ps t pe p', status: 'waiting', waits: ['n task'] },
  },
  {
    element: 'event sub-process inside a sub-process',
    says: 'A non-interrupting one keeps the sub-process open until it has ended.',
    model: one(
      start(),
      sub(
        'p',
        start('ps'),
        catching('t', message('q')),
        end('pe'),
        flows('ps t pe'),
        eventSub('v', start('vs', message('m'), goesOn), catching('vc', message('r')), end('ve'), flows('vs vc ve')),
      ),
      end(),
      flows('s p e'),
    ),
    asks: { posts: [post('m'), post('q'), post('r')] },
    expects: { trace: 's ps vs t pe vc ve v p e' },
  },
  {
    element: 'event sub-process, multiple',
    says: 'One of its triggers starts it.',
    model: listening(message('m') + signal('g')),
    asks: { ...none, posts: [{ kind: 'signal', name: 'g', payload: null }] },
    expects: { trace: 's vs vt ve v' },
  },
  {
    element: 'event sub-process, interrupting, several',
    says: 'Once one has interrupted, the others no longer listen.',
    model: listening(message('m'), '', eventSub('w', start('ws', message('q')), end('we'), flows('ws we'))).replace(
      '<task id="vt"></task>',
      '<userTask id="vt"/>',
    ),
    asks: { ...none, posts: [post('m'), post('q')] },
    expects: { trace: 's vs', status: 'waiting', waits: ['vt task'] },
  },
  {
    element: 'event sub-process, compensation',
    says: 'It undoes its sub-process, when that is compensated.',
    model: one(
      start(),
      sub(
        'p',
        start('ps'),
        task('a'),
        end('pe'),
        flows('ps a pe'),
        eventSub('v', start('vs', compensation()), task('vt'), end('ve'), flows('vs vt ve')),
      ),
      throwing('k', compensation()),
      end(),
      flows('s p k e'),
    ),
    expects: { trace: 's ps a pe p vs vt ve v k e' },
  },
];
