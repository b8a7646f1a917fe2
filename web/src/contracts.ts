// The parts of the JSON of the commands that the page reads; docs/json has the
// schemas.

export interface Instance {
  id: number;
  name: string;
  faultDomain: number | null;
  updateDomain: number | null;
  zone: string;
  spot?: boolean;
}

export interface Finding {
  code: string;
  severity: 'error' | 'warning' | 'info';
  message: string;
  detail: string;
}

export interface Limit {
  name: string;
  max: number;
  firstBroken: number;
  severity: Finding['severity'];
  code: string;
  reason: string;
}

export interface Ground {
  text: string;
  sureness: string;
}

export interface Lost {
  each: { kind: string; name: string; running: number }[];
  running: number;
  of: number;
  emptyBackendPools: string[];
  refill: string;
}

export interface Step {
  from: number;
  to: number;
  reached: number;
  added: Instance[];
  removed: Instance[];
  surplus: Instance[] | null;
  kept: number;
  balance: { capacity: number };
  survivors: { faultDomain: number | null; updateDomain: number | null; zone: number | null };
  notes: string[];
  findings: Finding[];
}

/** One scale set of simulate. */
export interface Preview {
  scaleSet: string;
  model: string;
  faultDomains: number;
  updateDomains: number;
  zones: string[];
  grounds: Ground[];
  start: { capacity: number };
  limits: Limit[];
  steps: Step[];
  final: Instance[];
  lost?: Lost;
  others?: Preview[];
}

export interface Range {
  least: number;
  most: number;
}

export interface Batch {
  number: number;
  zone: string;
  updateDomain: number;
  action: string;
  instances: Instance[];
  running: number;
  start: Range;
  minutes: Range;
}

export interface Stop {
  code: string;
  afterBatch: number;
  unhealthy: number;
  of: number;
  limitPercent: number;
  pending: Instance[];
}

/** One scale set of plan. */
export interface Plan {
  scaleSet: string;
  capacity: number;
  from: number;
  change: { class: string; action: string; properties: string[] };
  policy: { mode: string; maxBatchInstancePercent: number };
  batches: Batch[];
  worst: { batch: number; running: number; lost: { kind: string; name: string; running: number }[] };
  before: number;
  byHand: Instance[];
  untouched: Instance[];
  minutes: Range;
  stops: Stop[];
  notes: Ground[];
  findings: Finding[];
  others?: Plan[];
}
