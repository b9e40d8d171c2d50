// Times the package through its boundary, in whatever engine loads it: the same cases as benches/native.rs.

const RUNS = 7;

/** Gives the measurements: rates per second, and microseconds for the seeks. */
export function measure(kit, workload) {
  const { system, calls, positions } = workload;
  const program = programOf(workload.program);
  const scenario = filled(kit, workload);
  const seeks = positions.map((position) => timed(() => scenario.view(position)) * 1000).sort(ascending);
  scenario.free();

  const withEngine = (use) => () => {
    const engine = new kit.Engine(system);
    use(engine);
    engine.free();
  };
  const everyCall = (method) => withEngine((engine) => calls.forEach(([name, args]) => engine[method](name, args)));
  return {
    call: rate(calls.length, everyCall("call")),
    call_many: rate(calls.length, withEngine((engine) => engine.callMany(calls))),
    step: rate(calls.length, everyCall("step")),
    push: rate(calls.length, () => filled(kit, workload).free()),
    seek: seeks[seeks.length >> 1],
    seek_p99: seeks[Math.floor(seeks.length * 0.99)],
    events: rate(kit.simulateProgram(program).log.length, () => kit.simulateProgram(program)),
  };
}

function filled(kit, { system, calls }) {
  const scenario = new kit.Scenario(system);
  for (const [name, args] of calls) scenario.push(name, args);
  return scenario;
}

function programOf({ tasks, permits, sleep }) {
  const task = () => [{ semaphore: "permits", do: [{ sleep }] }];
  return { semaphores: { permits }, tasks: Array.from({ length: tasks }, task) };
}

/** How often something happens in a second, if `run` lets it happen `times` times: the median of several runs. */
function rate(times, run) {
  run();
  const millis = Array.from({ length: RUNS }, () => timed(run)).sort(ascending);
  return (times / millis[RUNS >> 1]) * 1000;
}

function timed(run) {
  const started = performance.now();
  run();
  return performance.now() - started;
}

const ascending = (a, b) => a - b;
